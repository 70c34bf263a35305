import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { redisInstanceInfo, redisMemoryMaxBytes, redisMemoryUsedBytes, redisUp } from '../metrics/redis';
import { outlivesConsequences } from './outlives-consequences';

export const redisAlerts = [
  alert({
    name: 'RedisDown',
    severity: 'critical',
    service: 'redis',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    // What was last known counts until the exporter's own alert takes over: an exporter that dies while the
    // service is down would otherwise end this alert, and people would read that all is well.
    expr: () => promql`last_over_time(${series(redisUp)}[5m]) == 0`,
    summary: {
      zh: 'Redis 不可用（{{ $labels.instance }}）',
      en: 'Redis is down ({{ $labels.instance }})',
    },
    description: {
      zh: '采集器 {{ $labels.instance }} 已超过 1 分钟无法查询 Redis。各副本之间的消息转发与在线状态中断。',
      en: 'The exporter {{ $labels.instance }} has failed to query Redis for more than a minute. Replicas no longer forward messages and presence to each other.',
    },
  }),
  alert({
    name: 'RedisHighMemoryUsage',
    severity: 'warning',
    service: 'redis',
    for: '5m',
    threshold: 90,
    // Without a limit the quotient is infinite, and a cache that may evict any key is full on purpose.
    expr: (percent) => promql`
      100 * ${series(redisMemoryUsedBytes)} / (${series(redisMemoryMaxBytes)} > 0) > ${percent}
      and on (job, instance) ${series(redisInstanceInfo, { maxmemory_policy: { not: /allkeys-.*/ } })}`,
    summary: {
      zh: 'Redis 内存使用率过高：{{ $value | printf "%.0f" }}%',
      en: 'Redis uses {{ $value | printf "%.0f" }} % of its memory',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 Redis 已使用 maxmemory 的 {{ $value | printf "%.1f" }}%。到达上限之后写入会被拒绝。',
      en: 'Redis behind {{ $labels.instance }} uses {{ $value | printf "%.1f" }} % of its maxmemory. At the limit it refuses writes.',
    },
  }),
] as const;
