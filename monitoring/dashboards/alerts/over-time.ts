import {
  alertmanagerNotificationsFailedTotal,
  alertmanagerNotificationsTotal,
} from '../../metrics/alertmanager';
import { alerts } from '../../metrics/alerts';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';
import { orZero } from '../zero';
import { whilePrometheusAnswers } from './witness';

export function bySeverity(setting: Setting) {
  const count = (severity: string) =>
    orZero(promql`count(${series(alerts, { alertstate: 'firing', severity })})`, whilePrometheusAnswers);
  return layers(setting, {
    title: { zh: '触发数量', en: 'Alerts firing' },
    description: {
      zh: '同时触发的告警数，按级别。',
      en: 'How many fire at the same time, by severity.',
    },
    unit: units.count,
    queries: [
      { legend: { zh: '严重', en: 'Critical' }, expr: count('critical'), colour: colours.bad },
      { legend: { zh: '警告', en: 'Warning' }, expr: count('warning'), colour: colours.worrying },
    ],
  })
    .span(12)
    .height(8);
}

export function delivered(setting: Setting) {
  return curves(setting, {
    title: { zh: '通知', en: 'Notifications' },
    description: {
      zh: '发给人的通知，以及没有送达的通知。',
      en: 'Notifications sent to people, and those that did not arrive.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: { zh: '尝试', en: 'Attempted' },
        expr: promql`60 * sum(rate(${series(alertmanagerNotificationsTotal)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '失败', en: 'Failed' },
        expr: promql`60 * sum(rate(${series(alertmanagerNotificationsFailedTotal)}[$__rate_interval]))`,
        colour: colours.bad,
      },
    ],
  })
    .span(12)
    .height(8);
}
