import type { gradual } from '../../../local/faults';

/**
 * The faults that take a while, in parties in which none disturbs the others: each by itself would take a minute or two.
 * The sudden ones are rehearsed alone, where more can be said about what people read and when.
 */
export const together = {
  'what wears PostgreSQL, Redis and a disk down': [
    'checkpoints',
    'deadlocks',
    'long-transaction',
    'rollbacks',
    'redis-replica',
    'inodes',
    'read-only',
    'silence',
    'notification-log',
    'prometheus-rules',
    'log-format',
  ],
  'what wears the chat room down': [
    'reconnects',
    'drain',
    'redis-refusals',
    'redis-master',
    'webhook-password',
    'alertmanager-routes',
  ],
  'what users feel for long': ['restarts', 'budget', 'slow-history', 'evictions', 'log-lost'],
  'what keeps people from being told': ['mail-password'],
} as const satisfies Readonly<Record<string, readonly (typeof gradual)[number]['name'][]>>;
