import { alertmanagerAlerts, alertmanagerSilences } from '../../metrics/alertmanager';
import { alerts } from '../../metrics/alerts';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { figures } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';
import { orZero } from '../zero';
import { whilePrometheusAnswers } from './witness';

export function counts(setting: Setting) {
  return figures(setting, {
    title: { zh: '当前告警', en: 'Alerts right now' },
    description: {
      zh: '“被抑制”是被静默或被其原因压住的告警。',
      en: 'Muted ones are silenced, or kept quiet by their cause.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '严重', en: 'Critical' },
        expr: orZero(
          promql`count(${series(alerts, { alertstate: 'firing', severity: 'critical' })})`,
          whilePrometheusAnswers,
        ),
        colour: colours.bad,
      },
      {
        legend: { zh: '警告', en: 'Warning' },
        expr: orZero(
          promql`count(${series(alerts, { alertstate: 'firing', severity: 'warning' })})`,
          whilePrometheusAnswers,
        ),
        colour: colours.worrying,
      },
      {
        legend: { zh: '待定', en: 'Pending' },
        expr: orZero(promql`count(${series(alerts, { alertstate: 'pending' })})`, whilePrometheusAnswers),
      },
      {
        legend: { zh: '被抑制', en: 'Muted' },
        expr: promql`sum(${series(alertmanagerAlerts, { state: 'suppressed' })})`,
      },
      {
        legend: { zh: '生效的静默', en: 'Silences in force' },
        expr: promql`sum(${series(alertmanagerSilences, { state: 'active' })})`,
      },
    ],
  })
    .span(24)
    .height(5);
}
