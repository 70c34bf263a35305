import { scrapeDurationSeconds, up } from '../../metrics/target';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function targets(setting: Setting) {
  return curves(setting, {
    title: { zh: '应答的目标比例', en: 'Targets that answer' },
    description: {
      zh: '按任务。曲线消失说明该任务已没有任何目标。',
      en: 'By job. A curve that ends means that the job has no target left.',
    },
    unit: units.ratio,
    queries: [{ legend: '{{job}}', expr: promql`avg by (job) (${series(up)})` }],
  })
    .max(1)
    .span(12)
    .height(8);
}

export function scrapeDuration(setting: Setting) {
  return curves(setting, {
    title: { zh: '抓取耗时', en: 'Time per scrape' },
    description: {
      zh: '每个任务最慢的目标。接近超时时间的目标随时会被当作无应答。',
      en: 'The slowest target of each job. One that comes near its timeout will soon count as not answering.',
    },
    unit: units.seconds,
    queries: [{ legend: '{{job}}', expr: promql`max by (job) (${series(scrapeDurationSeconds)})` }],
  })
    .span(12)
    .height(8);
}
