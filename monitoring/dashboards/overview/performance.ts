import { latencyP50, latencyP95, trafficRate } from '../../rules/recordings';
import { series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function performance(setting: Setting) {
  return curves(setting, {
    title: { zh: '性能', en: 'Performance' },
    description: {
      zh: '用户请求的响应时间与数量，不含探针与抓取。没有请求就没有响应时间，曲线会断开。2 秒是承诺的上限。',
      en: 'How fast and how many requests of users are answered, probes and scrapes left out. Without requests there is no response time, and the curve has a gap. 2 s is what is promised.',
    },
    unit: units.seconds,
    queries: [
      { legend: { zh: 'P95 响应时间', en: 'p95 response time' }, expr: series(latencyP95) },
      { legend: { zh: 'P50 响应时间', en: 'p50 response time' }, expr: series(latencyP50) },
      {
        legend: { zh: '请求速率', en: 'Requests' },
        expr: series(trafficRate),
        unit: units.requestsPerSecond,
      },
    ],
  })
    .span(12)
    .height(9);
}
