import type { BoardPlan } from '../plan';
import { clients, network } from './clients';
import { commands, commandTime, keyspaceReads } from './commands';
import { keys, keysGone } from './keys';
import { fragmentation, memory } from './memory';
import { state } from './state';

/** Redis: what the replicas of the chat room tell each other through, and what they remember of who is there. */
export const redis: BoardPlan = {
  uid: 'chatroom-redis',
  title: { zh: 'Redis', en: 'Redis' },
  description: {
    zh: '各副本之间的消息转发与在线状态：内存、命令、客户端与键。',
    en: 'How replicas forward messages and presence to each other: memory, commands, clients and keys.',
  },
  jobs: ['redis-exporter'],
  rows: [
    { panels: [state] },
    { title: { zh: '命令', en: 'Commands' }, panels: [commands, commandTime] },
    { title: { zh: '内存', en: 'Memory' }, panels: [memory, fragmentation] },
    {
      title: { zh: '键与客户端', en: 'Keys and clients' },
      panels: [keyspaceReads, keys, keysGone, clients, network],
    },
  ],
};
