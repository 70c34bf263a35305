import { processResidentMemoryBytes } from '../../metrics/process';
import {
  prometheusTsdbHeadSamplesAppendedTotal,
  prometheusTsdbHeadSeries,
  prometheusTsdbStorageBlocksBytes,
} from '../../metrics/prometheus';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function samples(setting: Setting) {
  return curves(setting, {
    title: { zh: '序列与样本', en: 'Series and samples' },
    description: {
      zh: '序列数决定内存；突然增长通常是某个标签取了无限多的值。',
      en: 'The number of series decides about memory; a jump is usually a label with endless values.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '序列', en: 'Series' },
        expr: promql`sum(${series(prometheusTsdbHeadSeries, chosen)})`,
      },
      {
        legend: { zh: '样本', en: 'Samples' },
        expr: promql`sum(rate(${series(prometheusTsdbHeadSamplesAppendedTotal, chosen)}[$__rate_interval]))`,
        unit: units.operationsPerSecond,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function memory(setting: Setting) {
  return curves(setting, {
    title: { zh: '进程内存', en: 'Memory of the processes' },
    description: {
      zh: 'Prometheus、Alertmanager 与告警机器人的常驻内存。',
      en: 'What Prometheus, Alertmanager and the alert webhook have in RAM.',
    },
    unit: units.bytes,
    queries: [{ legend: '{{job}} {{instance}}', expr: series(processResidentMemoryBytes, chosen) }],
  })
    .span(8)
    .height(8);
}

export function storage(setting: Setting) {
  return curves(setting, {
    title: { zh: '磁盘上的数据块', en: 'Blocks on disk' },
    description: {
      zh: '第一个数据块在启动约两小时后写出，之前为零。',
      en: 'The first is written some two hours after the start; zero until then.',
    },
    unit: units.bytes,
    queries: [{ legend: '{{instance}}', expr: series(prometheusTsdbStorageBlocksBytes, chosen) }],
  })
    .span(8)
    .height(8);
}
