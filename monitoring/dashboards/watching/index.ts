import type { BoardPlan } from '../plan';
import { alertsHeld, notifications, notificationsFailed } from './alertmanager';
import { evaluation, evaluationFailures, notificationQueue } from './rules';
import { scrapeDuration, targets } from './scrapes';
import { state } from './state';
import { memory, samples, storage } from './storage';

/** The monitoring, monitored: a watcher that is ill reports good health. */
export const watching: BoardPlan = {
  uid: 'chatroom-monitoring',
  title: { zh: '监控系统自身', en: 'The monitoring itself' },
  description: {
    zh: 'Prometheus 与 Alertmanager：抓取、存储、规则与通知。',
    en: 'Prometheus and Alertmanager: scrapes, storage, rules and notifications.',
  },
  jobs: ['prometheus', 'alertmanager'],
  rows: [
    { panels: [state] },
    { title: { zh: '抓取', en: 'Scrapes' }, panels: [targets, scrapeDuration] },
    { title: { zh: '规则', en: 'Rules' }, panels: [evaluation, evaluationFailures, notificationQueue] },
    { title: { zh: '通知', en: 'Notifications' }, panels: [notifications, notificationsFailed, alertsHeld] },
    { title: { zh: '存储', en: 'Storage' }, panels: [samples, memory, storage] },
  ],
};
