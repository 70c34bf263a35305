import type { gradual } from '../../../local/faults';

/**
 * The faults that take a while, in parties in which none disturbs the others: each by itself would take a minute or two.
 * The sudden ones are rehearsed alone, where more can be said about what people read and when.
 */
export const together = {
  'what wears PostgreSQL, Redis, nginx and a disk down': [
    'cramped',
    'lopsided',
    'checkpoints',
    'deadlocks',
    'long-transaction',
    'rollbacks',
    'cold-cache',
    'redis-replica',
    'inodes',
    'read-only',
    'silence',
    'nginx-slots',
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
    'sample-limit',
    'impossible-rule',
    'alertmanager-routes',
  ],
  'what users feel for long': [
    'restarts',
    'budget',
    'latency-budget',
    'slow-history',
    'evictions',
    'log-lost',
    'nginx-crowd',
  ],
  'what keeps messages from those who wait for them': [
    'slow-readers',
    'fragments',
    'redis-pauses',
    'slow-commits',
    'stutter',
    'slow-exporter',
  ],
  'what keeps people from being told, and from being heard': ['mail-password', 'constraint'],
  'what keeps people out while pages are read': ['dead-end'],
  'what keeps everything from being measured': ['targets'],
} as const satisfies Readonly<Record<string, readonly (typeof gradual)[number]['name'][]>>;
