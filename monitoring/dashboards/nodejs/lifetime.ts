import { processStartTimeSeconds } from '../../metrics/process';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function uptime(setting: Setting) {
  return curves(setting, {
    title: { zh: '运行时间', en: 'Running for' },
    description: {
      zh: '落到零的地方是一次启动：部署，或没有人下令的重启。',
      en: 'Where it falls to zero a process started: a deployment, or a restart that nobody ordered.',
    },
    unit: units.seconds,
    queries: [
      { legend: '{{job}} {{instance}}', expr: promql`time() - ${series(processStartTimeSeconds, chosen)}` },
    ],
  })
    .span(24)
    .height(8);
}
