import {
  redisMemFragmentationRatio,
  redisMemoryMaxBytes,
  redisMemoryUsedBytes,
  redisMemoryUsedRssBytes,
} from '../../metrics/redis';
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
      zh: '虚线是 maxmemory；没有设置上限时不画。',
      en: 'The dashed line is maxmemory; there is none where no limit is set.',
    },
    unit: units.bytes,
    queries: [
      {
        legend: { zh: '已分配 {{instance}}', en: 'Allocated {{instance}}' },
        expr: series(redisMemoryUsedBytes, chosen),
      },
      {
        legend: { zh: '常驻 {{instance}}', en: 'Resident {{instance}}' },
        expr: series(redisMemoryUsedRssBytes, chosen),
      },
      {
        legend: { zh: '上限 {{instance}}', en: 'Limit {{instance}}' },
        expr: promql`${series(redisMemoryMaxBytes, chosen)} > 0`,
        colour: colours.bad,
        bound: true,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function fragmentation(setting: Setting) {
  return curves(setting, {
    title: { zh: '内存碎片率', en: 'Memory fragmentation' },
    description: {
      zh: '操作系统给出的内存与 Redis 分配的内存之比。数据很少时偏高是正常的；低于 1 说明 Redis 被换出。',
      en: 'Memory taken from the operating system over memory allocated. High is normal with little data; below 1 Redis is being swapped out.',
    },
    unit: units.count,
    queries: [{ legend: '{{instance}}', expr: series(redisMemFragmentationRatio, chosen) }],
  })
    .span(12)
    .height(8);
}
