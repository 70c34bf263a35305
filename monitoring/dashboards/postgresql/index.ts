import type { BoardPlan } from '../plan';
import { backends, longestTransaction } from './connections';
import { cacheHits, checkpoints, databaseSize, temporaryFiles } from './storage';
import { state } from './state';
import { deadlocks, locks, rowsChanged, rowsRead, transactions } from './work';

/** PostgreSQL: room for connections, the work it does, and what it does it with. */
export const postgresql: BoardPlan = {
  uid: 'chatroom-postgresql',
  title: { zh: 'PostgreSQL', en: 'PostgreSQL' },
  description: {
    zh: '消息与历史记录所在的数据库：连接、事务、缓存与磁盘。',
    en: 'The database that keeps messages and history: connections, transactions, cache and disk.',
  },
  jobs: ['postgres-exporter'],
  rows: [
    { panels: [state] },
    { title: { zh: '连接', en: 'Connections' }, panels: [backends, longestTransaction] },
    {
      title: { zh: '工作', en: 'Work' },
      panels: [transactions, rowsChanged, rowsRead, deadlocks, locks],
    },
    {
      title: { zh: '缓存与磁盘', en: 'Cache and disk' },
      panels: [cacheHits, databaseSize, temporaryFiles, checkpoints],
    },
  ],
};
