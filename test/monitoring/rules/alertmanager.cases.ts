import {
  alertmanagerClusterMembers,
  alertmanagerConfigLastReloadSuccessful,
  alertmanagerNflogGcDurationSecondsCount,
  alertmanagerNflogSnapshotDurationSecondsCount,
  alertmanagerNotificationsFailedTotal,
  alertmanagerNotificationsTotal,
} from '../../../monitoring/metrics/alertmanager';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing } from './given';

const target = { job: 'alertmanager', instance: 'alertmanager:9093' };
const notifications = (all: number, failed: number) => [
  given(series(alertmanagerNotificationsTotal, { ...target, integration: 'email' }), growing(all)),
  given(series(alertmanagerNotificationsFailedTotal, { ...target, integration: 'email' }), growing(failed)),
];
const loaded = (...values: readonly string[]) =>
  given(series(alertmanagerConfigLastReloadSuccessful, target), ...values);

/** One more every 15 minutes, which is how often Alertmanager looks after its files. */
const everyQuarter = counting(
  [
    { perSecond: 0, lasting: '885s' },
    { perSecond: 1 / 15, lasting: '15s' },
  ],
  6,
);
const tidied = given(series(alertmanagerNflogGcDurationSecondsCount, target), everyQuarter);
const written = (values: string) =>
  given(series(alertmanagerNflogSnapshotDurationSecondsCount, target), values);

const membersSeenBy = (replica: number, ...values: readonly string[]) =>
  given(
    series(alertmanagerClusterMembers, { ...target, instance: `alertmanager-${replica}:9093` }),
    ...values,
  );

export const alertmanagerNotificationsFailing: AlertCases = {
  alert: 'AlertmanagerNotificationsFailing',
  says: {
    labels: { instance: 'alertmanager:9093', integration: 'email', job: 'alertmanager' },
    summary: { zh: '告警通知发送失败（email）：50%', en: '50% of the notifications by email fail' },
    description: {
      zh: '最近 5 分钟内，Alertmanager alertmanager:9093 经由 email 发送的通知有 50% 失败。靠这一渠道接收告警的人现在什么也收不到。',
      en: 'Over the last 5 minutes 50% of what Alertmanager alertmanager:9093 sent by email failed. Whoever relies on it hears nothing at the moment.',
    },
  },
  fires: [
    { when: 'every second mail is refused', given: notifications(0.2, 0.1), counts: { '4m': 0, '7m': 1 } },
    { when: 'the mail server is gone', given: notifications(0.02, 0.02), counts: { '7m': 1 } },
  ],
  silent: [
    { when: 'one mail in a hundred is', given: notifications(0.2, 0.002) },
    { when: 'nothing is sent', given: notifications(0, 0) },
  ],
};

export const alertmanagerConfigNotLoaded: AlertCases = {
  alert: 'AlertmanagerConfigNotLoaded',
  says: {
    labels: { instance: 'alertmanager:9093', job: 'alertmanager' },
    summary: {
      zh: 'Alertmanager alertmanager:9093 未能加载新配置',
      en: 'Alertmanager alertmanager:9093 could not load its new configuration',
    },
    description: {
      zh: 'Alertmanager alertmanager:9093 最近一次重新加载配置失败已超过 5 分钟，仍按旧的路由通知；下次重启会因此起不来，届时没有人会收到告警。',
      en: 'The last reload of Alertmanager alertmanager:9093 failed more than 5 minutes ago. It notifies by its old routes and will not survive a restart, after which nobody is told anything.',
    },
  },
  fires: [
    {
      when: 'a broken configuration was loaded, and ends when it is mended',
      given: [loaded(flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '9m': 0, '11m': 1, '16m': 0 },
    },
  ],
  silent: [{ when: 'the configuration is sound', given: [loaded(flat(1))] }],
};

export const notificationLogNotKept: AlertCases = {
  alert: 'AlertmanagerNotificationLogNotKept',
  says: {
    labels: { instance: 'alertmanager:9093', job: 'alertmanager' },
    summary: {
      zh: 'Alertmanager alertmanager:9093 的通知日志没有写入磁盘',
      en: 'Alertmanager alertmanager:9093 does not keep its notification log',
    },
    description: {
      zh: '过去 1 小时内，Alertmanager alertmanager:9093 整理了 4 次通知日志，却一次也没有写入磁盘。重启之后它不记得通知过谁，所有告警会重发一遍，静默也会丢失。',
      en: 'Within an hour Alertmanager alertmanager:9093 tidied its notification log 4 times and never wrote it to disk. After a restart it forgets who was told: every alert is sent again, and silences are lost.',
    },
  },
  fires: [
    {
      when: 'it is tidied every quarter of an hour and never written',
      given: [tidied, written(flat(0, '2h'))],
      counts: { '20m': 0, '65m': 1 },
    },
  ],
  silent: [
    { when: 'both happen every quarter of an hour', given: [tidied, written(everyQuarter)], until: '90m' },
    { when: 'Alertmanager has just started', given: [tidied, written(flat(0))], until: '14m' },
  ],
};

export const clusterSplit: AlertCases = {
  alert: 'AlertmanagerClusterSplit',
  says: {
    labels: { instance: 'alertmanager-2:9093', job: 'alertmanager' },
    summary: {
      zh: 'Alertmanager alertmanager-2:9093 与其他副本失去联系',
      en: 'Alertmanager alertmanager-2:9093 has lost sight of others of its kind',
    },
    description: {
      zh: 'Alertmanager alertmanager-2:9093 连同自己只知道 1 个成员，而回应 Prometheus 的副本更多，持续 10 分钟。互不知晓的副本各自通知，同一告警会收到多次；在其中一个上设置的静默，其他副本不知道。',
      en: 'For 10 minutes Alertmanager alertmanager-2:9093 has known of 1 members, itself among them, while more than that answer Prometheus. Those who do not know of each other all notify: people are told the same several times, and a silence that is set at one is unknown to the others.',
    },
  },
  fires: [
    {
      when: 'one sees only itself, which the others have not noticed yet, and ends when they meet again',
      given: [
        membersSeenBy(0, flat(3)),
        membersSeenBy(1, flat(3)),
        membersSeenBy(2, flat(3, '5m'), flat(1, '15m'), flat(3)),
      ],
      counts: { '14m': 0, '16m': 1, '21m': 0 },
    },
    {
      when: 'none sees another',
      given: [0, 1, 2].map((replica) => membersSeenBy(replica, flat(1))),
      counts: { '11m': 3 },
    },
  ],
  silent: [
    { when: 'all see all', given: [0, 1, 2].map((replica) => membersSeenBy(replica, flat(3))) },
    { when: 'there is a single one', given: [membersSeenBy(0, flat(1))] },
    {
      when: 'one is down, and the others know that it is',
      given: [
        membersSeenBy(0, flat(3, '5m'), flat(2)),
        membersSeenBy(1, flat(3, '5m'), flat(2)),
        membersSeenBy(2, flat(3, '5m'), gone()),
      ],
    },
  ],
};
