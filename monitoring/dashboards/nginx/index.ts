import type { BoardPlan } from '../plan';
import { connections, refused } from './connections';
import { requests } from './requests';
import { state } from './state';

/** nginx: the door through which every user comes. */
export const nginx: BoardPlan = {
  uid: 'chatroom-nginx',
  title: { zh: 'nginx', en: 'nginx' },
  description: {
    zh: '所有用户进入聊天室的大门：请求与连接。',
    en: 'The door through which every user comes: requests and connections.',
  },
  jobs: ['nginx-exporter'],
  rows: [{ panels: [state, requests, connections, refused] }],
};
