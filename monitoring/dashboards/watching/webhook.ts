import {
  webhookAlertsPostedTotal,
  webhookAlertsRejectedTotal,
  webhookAlertsRepeatedTotal,
  webhookAlertsTruncatedTotal,
  webhookNotificationDurationSeconds,
  webhookNotificationsTotal,
} from '../../metrics/chatroom-webhook';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { quantile } from '../quantile';
import { chosen } from '../selection';
import { units } from '../units';

/** The last way to people, which is ours: what Alertmanager sends to chatroom-webhook, and what gets into #ops. */

export function notificationsReceived(setting: Setting) {
  return layers(setting, {
    title: { zh: '聊天室收到的通知', en: 'Notifications for the chat room' },
    description: {
      zh: 'failed 会由 Alertmanager 重试；rejected 与 unauthorized 不会，其中的告警就此丢失。',
      en: 'A failed one comes again; those that are rejected or unauthorized do not, and their alerts are lost.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{result}}',
        expr: promql`
          60 * sum by (result) (rate(${series(webhookNotificationsTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function notificationDuration(setting: Setting) {
  // Notifications are few: over a minute there is mostly nothing to take a quantile of.
  const within = (share: number) => quantile(share, webhookNotificationDurationSeconds, chosen, [], '1h');
  return curves(setting, {
    title: { zh: '写入聊天室的耗时', en: 'Time to post a notification' },
    description: {
      zh: '最近一小时内从收到通知到应答。一小时内没有通知时曲线断开。',
      en: 'From its arrival to its answer, over the last hour. When none came for an hour the curves have a gap.',
    },
    unit: units.seconds,
    queries: [
      { legend: 'p99', expr: within(0.99), colour: colours.worrying },
      { legend: 'p50', expr: within(0.5), colour: colours.good },
    ],
  })
    .span(8)
    .height(8);
}

export function alertsPosted(setting: Setting) {
  return layers(setting, {
    title: { zh: '#ops 中的告警', en: 'Alerts for #ops' },
    description: {
      zh: '“已发过”是重复的通知。“无法解析”与“被截断”的告警不在聊天室里：前者读不懂，后者是 Alertmanager 因数量过多而省略的。',
      en: 'Repeated ones had been posted before. Unreadable and truncated ones are not in the room: the first made no sense, the second Alertmanager left out for their number.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: { zh: '已发布', en: 'Posted' },
        expr: promql`60 * sum(rate(${series(webhookAlertsPostedTotal, chosen)}[$__rate_interval]))`,
        colour: colours.good,
      },
      {
        legend: { zh: '已发过', en: 'Repeated' },
        expr: promql`60 * sum(rate(${series(webhookAlertsRepeatedTotal, chosen)}[$__rate_interval]))`,
        colour: colours.notable,
      },
      {
        legend: { zh: '无法解析', en: 'Unreadable' },
        expr: promql`60 * sum(rate(${series(webhookAlertsRejectedTotal, chosen)}[$__rate_interval]))`,
        colour: colours.bad,
      },
      {
        legend: { zh: '被截断', en: 'Truncated' },
        expr: promql`60 * sum(rate(${series(webhookAlertsTruncatedTotal, chosen)}[$__rate_interval]))`,
        colour: colours.worrying,
      },
    ],
  })
    .span(8)
    .height(8);
}
