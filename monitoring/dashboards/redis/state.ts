import {
  redisCommandsTotal,
  redisConnectedClients,
  redisMemoryUsedBytes,
  redisPubsubChannels,
  redisUp,
} from '../../metrics/redis';
import { promql, series } from '../../model/promql';
import { availabilityMappings, figures } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function state(setting: Setting) {
  return figures(setting, {
    title: { zh: '当前状态', en: 'Right now' },
    description: {
      zh: '状态由采集器能否查询 Redis 得出。频道是有订阅者的频道。',
      en: 'The state is whether the exporter can query Redis. Channels are those that somebody listens to.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '状态', en: 'State' },
        expr: promql`avg(${series(redisUp, chosen)})`,
        unit: units.state,
        mappings: availabilityMappings(setting),
      },
      {
        legend: { zh: '内存', en: 'Memory' },
        expr: promql`sum(${series(redisMemoryUsedBytes, chosen)})`,
        unit: units.bytes,
      },
      {
        legend: { zh: '命令', en: 'Commands' },
        expr: promql`sum(rate(${series(redisCommandsTotal, chosen)}[$__rate_interval]))`,
        unit: units.operationsPerSecond,
      },
      {
        legend: { zh: '客户端', en: 'Clients' },
        expr: promql`sum(${series(redisConnectedClients, chosen)})`,
      },
      {
        legend: { zh: '频道', en: 'Channels' },
        expr: promql`sum(${series(redisPubsubChannels, chosen)})`,
      },
    ],
  })
    .span(24)
    .height(5);
}
