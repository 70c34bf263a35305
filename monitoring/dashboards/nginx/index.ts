import type { BoardPlan } from '../plan';
import { connections, refused } from './connections';
import { answers, errorShare, frontLatency, unreached } from './front';
import { requests } from './requests';
import { state } from './state';

/** nginx: the door through which every user comes. */
export const nginx: BoardPlan = {
  uid: 'chatroom-nginx',
  title: { zh: 'nginx', en: 'nginx' },
  description: {
    zh: '所有用户进入聊天室的大门：请求、连接，以及用户得到的应答。',
    en: 'The door through which every user comes: requests, connections, and what users are answered.',
  },
  jobs: ['nginx-exporter', 'nginx-log-exporter'],
  rows: [
    { panels: [state, requests, connections, refused] },
    {
      title: { zh: '从前端看', en: 'Seen from the front' },
      panels: [answers, errorShare, unreached, frontLatency],
    },
  ],
};
