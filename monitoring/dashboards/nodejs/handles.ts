import { nodejsActiveHandlesTotal } from '../../metrics/nodejs';
import { processMaxFds, processOpenFds } from '../../metrics/process';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function handles(setting: Setting) {
  return curves(setting, {
    title: { zh: '活跃句柄', en: 'Active handles' },
    description: {
      zh: '每个连接一个；连接数不变而句柄增长就是泄漏。',
      en: 'One for each connection; when they grow and connections do not, something leaks.',
    },
    unit: units.count,
    queries: [{ legend: '{{job}} {{instance}}', expr: series(nodejsActiveHandlesTotal, chosen) }],
  })
    .span(12)
    .height(8);
}

export function fileHandles(setting: Setting) {
  return curves(setting, {
    title: { zh: '文件句柄使用率', en: 'File handles in use' },
    description: {
      zh: '占进程上限的比例；用尽后无法接受新连接。',
      en: 'Share of what the process may have; without any left it accepts no connection.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: '{{job}} {{instance}}',
        expr: promql`${series(processOpenFds, chosen)} / (${series(processMaxFds, chosen)} > 0)`,
      },
    ],
  })
    .max(1)
    .span(12)
    .height(8);
}
