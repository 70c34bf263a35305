import { nodeCpuSecondsTotal, nodeLoad1 } from '../../metrics/node';
import { promql, series } from '../../model/promql';
import { cpuUtilisation } from '../../rules/recordings';
import { colours } from '../colours';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function cpu(setting: Setting) {
  return curves(setting, {
    title: { zh: 'CPU 使用率', en: 'CPU in use' },
    description: {
      zh: '全部 CPU 的平均值。',
      en: 'Average over all CPUs of a host.',
    },
    unit: units.ratio,
    queries: [{ legend: '{{instance}}', expr: series(cpuUtilisation, chosen) }],
  })
    .max(1)
    .span(8)
    .height(8);
}

export function cpuByMode(setting: Setting) {
  return layers(setting, {
    title: { zh: 'CPU 用途', en: 'What the CPUs do' },
    description: {
      zh: '以 CPU 个数计。iowait 高是在等磁盘，steal 高是虚拟机的宿主抢走了时间。',
      en: 'In CPUs. Much iowait is waiting for disks; much steal is time that the host of a virtual machine took away.',
    },
    unit: units.count,
    queries: [
      {
        legend: '{{mode}}',
        expr: promql`
          sum by (mode) (rate(${series(nodeCpuSecondsTotal, { ...chosen, mode: { not: 'idle' } })}[$__rate_interval]))`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function load(setting: Setting) {
  return curves(setting, {
    title: { zh: '负载', en: 'Load' },
    description: {
      zh: '运行或等待的任务数。虚线是 CPU 个数，长期高于它就在排队。',
      en: 'Tasks that run or wait. The dashed line is the number of CPUs; above it for long, tasks queue.',
    },
    unit: units.count,
    queries: [
      { legend: '{{instance}}', expr: series(nodeLoad1, chosen) },
      {
        legend: { zh: 'CPU 个数 {{instance}}', en: 'CPUs {{instance}}' },
        expr: promql`count by (instance) (${series(nodeCpuSecondsTotal, { ...chosen, mode: 'idle' })})`,
        colour: colours.bad,
        bound: true,
      },
    ],
  })
    .span(8)
    .height(8);
}
