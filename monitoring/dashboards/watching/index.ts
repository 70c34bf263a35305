import type { BoardPlan } from '../plan';
import { alertsHeld, notifications, notificationsFailed } from './alertmanager';
import { notificationLog, samplesRefused, storageFailures } from './losses';
import { evaluation, evaluationFailures, notificationQueue } from './rules';
import { scrapeDuration, targets } from './scrapes';
import { state } from './state';
import { memory, samples, storage } from './storage';
import { alertsPosted, notificationDuration, notificationsReceived } from './webhook';

/** The monitoring, monitored: a watcher that is ill reports good health. */
export const watching: BoardPlan = {
  uid: 'chatroom-monitoring',
  title: { zh: '监控系统自身', en: 'The monitoring itself' },
  description: {
    zh: 'Prometheus、Alertmanager 与告警机器人：抓取、存储、规则与通知。',
    en: 'Prometheus, Alertmanager and the alert webhook: scrapes, storage, rules and notifications.',
  },
  jobs: ['prometheus', 'alertmanager', 'chatroom-webhook'],
  rows: [
    { panels: [state] },
    { title: { zh: '抓取', en: 'Scrapes' }, panels: [targets, scrapeDuration] },
    { title: { zh: '规则', en: 'Rules' }, panels: [evaluation, evaluationFailures, notificationQueue] },
    { title: { zh: '通知', en: 'Notifications' }, panels: [notifications, notificationsFailed, alertsHeld] },
    { title: { zh: '存储', en: 'Storage' }, panels: [samples, memory, storage] },
    {
      title: { zh: '聊天室里的告警', en: 'Alerts in the chat room' },
      panels: [notificationsReceived, alertsPosted, notificationDuration],
    },
    { title: { zh: '丢失', en: 'Losses' }, panels: [samplesRefused, storageFailures, notificationLog] },
  ],
};
