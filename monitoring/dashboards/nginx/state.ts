import { nginxConnectionsActive, nginxHttpRequestsTotal, nginxUp } from '../../metrics/nginx';
import { promql, series } from '../../model/promql';
import { availabilityMappings, figures } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function state(setting: Setting) {
  return figures(setting, {
    title: { zh: '当前状态', en: 'Right now' },
    description: {
      zh: '状态由采集器能否读取 stub_status 得出。',
      en: 'The state is whether the exporter can read stub_status.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '状态', en: 'State' },
        expr: promql`avg(${series(nginxUp, chosen)})`,
        unit: units.state,
        mappings: availabilityMappings(setting),
      },
      {
        legend: { zh: '连接', en: 'Connections' },
        expr: promql`sum(${series(nginxConnectionsActive, chosen)})`,
      },
      {
        legend: { zh: '请求', en: 'Requests' },
        expr: promql`sum(rate(${series(nginxHttpRequestsTotal, chosen)}[$__rate_interval]))`,
        unit: units.requestsPerSecond,
      },
    ],
  })
    .span(24)
    .height(5);
}
