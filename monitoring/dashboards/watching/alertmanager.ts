import {
  alertmanagerAlerts,
  alertmanagerNotificationsFailedTotal,
  alertmanagerNotificationsTotal,
} from '../../metrics/alertmanager';
import { promql, series } from '../../model/promql';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

/** The ways by which we tell people; Alertmanager also counts a dozen that nobody uses. */
const ours = { ...chosen, integration: /email|slack|webhook/ } as const;

export function notifications(setting: Setting) {
  return layers(setting, {
    title: { zh: '通知', en: 'Notifications' },
    description: {
      zh: '尝试发送的通知，按途径。',
      en: 'Attempted, by the way they take.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{integration}}',
        expr: promql`
          60 * sum by (integration) (rate(${series(alertmanagerNotificationsTotal, ours)}[$__rate_interval]))`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function notificationsFailed(setting: Setting) {
  return layers(setting, {
    title: { zh: '失败的通知', en: 'Notifications that failed' },
    description: {
      zh: '没有送达的通知，按途径。健康时为零。',
      en: 'Not delivered, by the way they took. Zero in good health.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{integration}}',
        expr: promql`
          60 * sum by (integration) (rate(${series(alertmanagerNotificationsFailedTotal, ours)}[$__rate_interval]))`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function alertsHeld(setting: Setting) {
  return curves(setting, {
    title: { zh: 'Alertmanager 中的告警', en: 'Alerts in Alertmanager' },
    description: {
      zh: 'suppressed 是被静默或被其原因抑制的告警。',
      en: 'Suppressed ones are silenced, or muted by their cause.',
    },
    unit: units.count,
    queries: [{ legend: '{{state}}', expr: promql`sum by (state) (${series(alertmanagerAlerts, chosen)})` }],
  })
    .span(8)
    .height(8);
}
