import { alerts, alertsForState } from '../../metrics/alerts';
import { promql, series } from '../../model/promql';
import { bands, rows } from '../house-style';
import { runbookUrl } from '../../runbook-url';
import type { Setting } from '../plan';
import { units } from '../units';

export function firing(setting: Setting) {
  const { say, urls } = setting;
  return rows(setting, {
    title: { zh: '正在触发', en: 'Firing' },
    description: {
      zh: '正在触发的告警及其持续时间；点击告警名打开处理手册。心跳告警（severity 为 none）应当一直在此。',
      en: 'Alerts that fire, and for how long; the name leads to the runbook. The heartbeat (severity none) should always be here.',
    },
    unit: units.seconds,
    value: { zh: '持续时间', en: 'For' },
    columns: {
      alertname: { zh: '告警', en: 'Alert' },
      severity: { zh: '级别', en: 'Severity' },
      service: { zh: '服务', en: 'Service' },
      job: { zh: '任务', en: 'Job' },
      instance: { zh: '实例', en: 'Instance' },
    },
    links: {
      alertname: {
        title: say({ zh: '处理手册', en: 'Runbook' }),
        url: runbookUrl(urls, '${__value.raw}'),
      },
    },
    query: {
      legend: '{{alertname}}',
      expr: promql`
        max by (alertname, severity, service, job, instance) (
          time() - ${series(alertsForState)}
          and ignoring (alertstate) ${series(alerts, { alertstate: 'firing' })})`,
    },
  })
    .span(24)
    .height(8);
}

export function history(setting: Setting) {
  const by = 'by (alertname, instance)';
  return bands(setting, {
    title: { zh: '触发历史', en: 'When alerts fired' },
    description: {
      zh: '每个告警触发的时段：红色为严重，橙色为警告，绿色为心跳。',
      en: 'The times at which each alert fired: critical in red, warnings in orange, the heartbeat in green.',
    },
    unit: units.state,
    queries: [
      {
        legend: '{{alertname}} {{instance}}',
        expr: promql`
          2 * max ${by} (${series(alerts, { alertstate: 'firing', severity: 'critical' })})
          or max ${by} (${series(alerts, { alertstate: 'firing', severity: 'warning' })})
          or 0 * max ${by} (${series(alerts, { alertstate: 'firing', severity: 'none' })})`,
      },
    ],
  })
    .span(24)
    .height(10);
}
