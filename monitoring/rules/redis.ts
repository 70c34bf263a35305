import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { redisInstanceInfo, redisMemoryMaxBytes, redisMemoryUsedBytes, redisUp } from '../metrics/redis';
import { outlivesConsequences } from './outlives-consequences';

/**
 * What was last known counts until the exporter's own alert takes over: an exporter that dies while the service is
 * down would otherwise end its alert, and people would read that all is well.
 */
const lastKnown = promql`last_over_time(${series(redisUp)}[5m])`;

/** The chat servers speak to the master; while one answers, Redis is there for them. */
const masterAnswers = promql`
  last_over_time(${series(redisInstanceInfo, { role: 'master' })}[5m]) and on (job, instance) ${lastKnown} == 1`;

export const redisAlerts = [
  alert({
    name: 'RedisDown',
    severity: 'critical',
    service: 'redis',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    expr: () => promql`${lastKnown} == 0 unless on (job) (${masterAnswers})`,
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
    name: 'RedisInstanceDown',
    severity: 'critical',
    service: 'redis',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    expr: () => promql`${lastKnown} == 0`,
    summary: {
      zh: '一个 Redis 副本不可用（{{ $labels.instance }}），主节点仍在服务',
      en: 'A Redis beside the master is down ({{ $labels.instance }})',
    },
    description: {
      zh: '采集器 {{ $labels.instance }} 已超过 1 分钟无法查询其 Redis，而主节点仍在应答。用户不受影响，但主节点失去了后备：它再故障，就没有谁可以接替。',
      en: 'The exporter {{ $labels.instance }} has failed to query its Redis for more than a minute, while a master answers. Users notice nothing, but the master has lost what would take over from it.',
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
