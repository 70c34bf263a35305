import type { BoardPlan } from '../plan';
import { database } from './database';
import { errors } from './errors';
import { performance } from './performance';
import { service } from './service';
import { system } from './system';
import { websocket } from './websocket';

/** The board that hangs on the wall: is the chat room well, and if not, where to look. */
export const overview: BoardPlan = {
  uid: 'chatroom-overview',
  title: { zh: 'Chat-Room 监控', en: 'Chat-Room monitoring' },
  description: {
    zh: '聊天室是否健康；如果不健康，该看哪里。',
    en: 'Whether the chat room is well and, if it is not, where to look.',
  },
  jobs: 'all',
  rows: [{ panels: [service, performance, websocket, database, system, errors] }],
};
