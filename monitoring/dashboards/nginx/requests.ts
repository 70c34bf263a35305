import { nginxHttpRequestsTotal } from '../../metrics/nginx';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function requests(setting: Setting) {
  return curves(setting, {
    title: { zh: '请求', en: 'Requests' },
    description: {
      zh: '到达 nginx 的请求，包含采集器读取状态的请求；一个 WebSocket 连接只计一次。',
      en: 'Requests that reached nginx, those of its exporter included; a WebSocket counts once, when it opens.',
    },
    unit: units.requestsPerSecond,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`sum by (instance) (rate(${series(nginxHttpRequestsTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}
