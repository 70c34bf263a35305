import type { BoardPlan } from '../plan';
import { counts } from './counts';
import { firing, history } from './firing';
import { bySeverity, delivered } from './over-time';

/** What is wrong now, what was wrong lately, and whether people were told. */
export const alerts: BoardPlan = {
  uid: 'chatroom-alerts',
  title: { zh: '告警总览', en: 'Alert overview' },
  description: {
    zh: '现在有什么问题，最近有过什么问题，以及通知是否送达。',
    en: 'What is wrong now, what was wrong lately, and whether people were told.',
  },
  // Alertmanager counts alerts without saying whose they are, and some have no job: the heartbeat, a host, a promise.
  jobs: 'all',
  rows: [{ panels: [counts, firing, history, bySeverity, delivered] }],
};
