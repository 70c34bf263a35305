import {
  nodeMemoryAvailableBytes,
  nodeMemorySwapFreeBytes,
  nodeMemorySwapTotalBytes,
  nodeMemoryTotalBytes,
} from '../../metrics/node';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function memory(setting: Setting) {
  return curves(setting, {
    title: { zh: '内存', en: 'Memory' },
    description: {
      zh: '进程再也得不到的内存；缓存不算在内。虚线是内存总量。',
      en: 'Memory that processes cannot have any more; caches do not count. The dashed line is all there is.',
    },
    unit: units.bytes,
    queries: [
      {
        legend: { zh: '已用 {{instance}}', en: 'Used {{instance}}' },
        expr: promql`${series(nodeMemoryTotalBytes, chosen)} - ${series(nodeMemoryAvailableBytes, chosen)}`,
      },
      {
        legend: { zh: '总量 {{instance}}', en: 'Total {{instance}}' },
        expr: series(nodeMemoryTotalBytes, chosen),
        colour: colours.bad,
        bound: true,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function swap(setting: Setting) {
  return curves(setting, {
    title: { zh: '交换空间', en: 'Swap in use' },
    description: {
      zh: '没有交换空间的主机显示为零。',
      en: 'Zero on a host that has none.',
    },
    unit: units.bytes,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`${series(nodeMemorySwapTotalBytes, chosen)} - ${series(nodeMemorySwapFreeBytes, chosen)}`,
      },
    ],
  })
    .span(12)
    .height(8);
}
