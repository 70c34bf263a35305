import {
  redisCommandsDurationSecondsTotal,
  redisCommandsTotal,
  redisKeyspaceHitsTotal,
  redisKeyspaceMissesTotal,
} from '../../metrics/redis';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

const calls = promql`sum by (cmd) (rate(${series(redisCommandsTotal, chosen)}[$__rate_interval]))`;

export function commands(setting: Setting) {
  return layers(setting, {
    title: { zh: '命令（按种类）', en: 'Commands, by kind' },
    description: {
      zh: '正在使用的命令，包含采集器自己的查询。',
      en: 'Commands in use, those of the exporter itself included.',
    },
    unit: units.operationsPerSecond,
    queries: [{ legend: '{{cmd}}', expr: promql`${calls} > 0` }],
  })
    .span(12)
    .height(9);
}

export function commandTime(setting: Setting) {
  return curves(setting, {
    title: { zh: '每条命令耗时', en: 'Time per command' },
    description: {
      zh: 'Redis 逐条执行命令：一条慢命令会让所有人等待。',
      en: 'Redis carries commands out one after another: a slow one makes everybody wait.',
    },
    unit: units.seconds,
    queries: [
      {
        legend: '{{cmd}}',
        expr: promql`
          sum by (cmd) (rate(${series(redisCommandsDurationSecondsTotal, chosen)}[$__rate_interval])) / (${calls} > 0)`,
      },
    ],
  })
    .span(12)
    .height(9);
}

export function keyspaceReads(setting: Setting) {
  return curves(setting, {
    title: { zh: '键读取', en: 'Reads of keys' },
    description: {
      zh: '读到键的次数与没有读到的次数。',
      en: 'Reads that found their key, and reads that did not.',
    },
    unit: units.operationsPerSecond,
    queries: [
      {
        legend: { zh: '命中', en: 'Found' },
        expr: promql`sum(rate(${series(redisKeyspaceHitsTotal, chosen)}[$__rate_interval]))`,
        colour: colours.good,
      },
      {
        legend: { zh: '未命中', en: 'Not found' },
        expr: promql`sum(rate(${series(redisKeyspaceMissesTotal, chosen)}[$__rate_interval]))`,
        colour: colours.worrying,
      },
    ],
  })
    .span(8)
    .height(8);
}
