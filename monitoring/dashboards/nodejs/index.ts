import type { BoardPlan } from '../plan';
import { cpu, eventLoop } from './cpu';
import { fileHandles, handles } from './handles';
import { uptime } from './lifetime';
import { heap, heapShare, memory } from './memory';

/** The Node.js processes of the chat room, from the inside. */
export const nodejs: BoardPlan = {
  uid: 'chatroom-nodejs',
  title: { zh: 'Node.js 进程', en: 'Node.js processes' },
  description: {
    zh: '聊天服务器与告警机器人的进程：事件循环、内存与句柄。',
    en: 'The processes of the chat server and of its alert webhook: event loop, memory and handles.',
  },
  jobs: ['chatroom-server', 'chatroom-webhook'],
  rows: [
    { title: { zh: '计算', en: 'Computing' }, panels: [eventLoop, cpu] },
    { title: { zh: '内存', en: 'Memory' }, panels: [heap, heapShare, memory] },
    { title: { zh: '句柄', en: 'Handles' }, panels: [handles, fileHandles] },
    { title: { zh: '重启', en: 'Restarts' }, panels: [uptime] },
  ],
};
