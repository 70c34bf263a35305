import { nodejsEventloopLagP99Seconds } from '../../metrics/nodejs';
import { processCpuSecondsTotal } from '../../metrics/process';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function eventLoop(setting: Setting) {
  return curves(setting, {
    title: { zh: '事件循环延迟 P99', en: 'Event loop delay, p99' },
    description: {
      zh: '定时器迟到的时间，期间所有用户都在等待。10 毫秒是测量精度，表示没有延迟。',
      en: 'How late timers are; everybody waits that long. 10 ms is the resolution and means not at all.',
    },
    unit: units.seconds,
    queries: [{ legend: '{{job}} {{instance}}', expr: series(nodejsEventloopLagP99Seconds, chosen) }],
  })
    .span(12)
    .height(8);
}

export function cpu(setting: Setting) {
  return curves(setting, {
    title: { zh: 'CPU', en: 'CPU' },
    description: {
      zh: '以 CPU 个数计。JavaScript 只用一个 CPU，接近 1 即饱和。',
      en: 'In CPUs. JavaScript runs on one of them: near 1 it is saturated.',
    },
    unit: units.count,
    queries: [
      {
        legend: '{{job}} {{instance}}',
        expr: promql`rate(${series(processCpuSecondsTotal, chosen)}[$__rate_interval])`,
      },
    ],
  })
    .span(12)
    .height(8);
}
