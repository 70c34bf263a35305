import {
  redisInstanceInfo,
  redisMemoryMaxBytes,
  redisMemoryUsedBytes,
  redisUp,
} from '../../../monitoring/metrics/redis';
import { up } from '../../../monitoring/metrics/target';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { flat, given, gone, nothing, type Given } from './given';

const target = { job: 'redis-exporter', instance: 'redis-exporter:9121' };

const redis = (...values: readonly string[]) => given(series(redisUp, target), ...values);
const exporter = (...values: readonly string[]) => given(series(up, target), ...values);

/** Another Redis, and what it is. */
const beside = (role: string, ...values: readonly string[]): readonly Given[] => {
  const other = { ...target, instance: 'redis-exporter-2:9121' };
  return [
    given(series(redisUp, other), ...values),
    given(series(redisInstanceInfo, { ...other, role, redis_version: '7.0.15' }), ...values),
  ];
};

const mebibyte = 2 ** 20;

function memory(used: string, limit: number, policy: string): readonly Given[] {
  return [
    given(series(redisMemoryUsedBytes, target), used),
    given(series(redisMemoryMaxBytes, target), flat(limit)),
    given(
      series(redisInstanceInfo, { ...target, maxmemory_policy: policy, redis_version: '7.0.15' }),
      flat(1),
    ),
  ];
}

export const redisDown: AlertCases = {
  alert: 'RedisDown',
  says: {
    labels: target,
    summary: { zh: 'Redis 不可用（redis-exporter:9121）', en: 'Redis is down (redis-exporter:9121)' },
    description: {
      zh: '采集器 redis-exporter:9121 已超过 1 分钟无法查询 Redis。各副本之间的消息转发与在线状态中断。',
      en: 'The exporter redis-exporter:9121 has failed to query Redis for more than a minute. Replicas no longer forward messages and presence to each other.',
    },
  },
  fires: [
    {
      when: 'Redis is gone, and until what hangs on it has had three minutes to recover',
      given: [redis(flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '5m': 0, '7m': 1, '14m': 1, '17m': 1, '19m': 0 },
    },
    {
      when: 'its exporter dies as well, until the alert about the exporter takes over',
      given: [redis(flat(0, '5m'), gone()), exporter(flat(1, '5m'), flat(0))],
      counts: { '4m': 1, '5m': 1, '6m': 1, '8m': 1, '30m': 0 },
      others: { RedisExporterDown: { '5m': 0, '6m': 1, '30m': 1 } },
    },
    {
      when: 'a replica is all that is left',
      given: [redis(flat(1, '5m'), flat(0)), ...beside('slave', flat(1))],
      counts: { '5m': 0, '7m': 1, '30m': 1 },
    },
  ],
  silent: [
    { when: 'Redis answers', given: [redis(flat(1))] },
    { when: 'a master answers beside it', given: [redis(flat(0)), ...beside('master', flat(1))] },
    { when: 'Redis is restarted within 45 seconds', given: [redis(flat(1, '5m'), flat(0, '45s'), flat(1))] },
    {
      when: 'only its exporter dies',
      given: [redis(flat(1, '5m'), gone()), exporter(flat(1, '5m'), flat(0))],
    },
  ],
};

export const redisInstanceDown: AlertCases = {
  alert: 'RedisInstanceDown',
  says: {
    labels: target,
    summary: {
      zh: '一个 Redis 副本不可用（redis-exporter:9121），主节点仍在服务',
      en: 'A Redis beside the master is down (redis-exporter:9121)',
    },
    description: {
      zh: '采集器 redis-exporter:9121 已超过 1 分钟无法查询其 Redis，而主节点仍在应答。用户不受影响，但主节点失去了后备：它再故障，就没有谁可以接替。',
      en: 'The exporter redis-exporter:9121 has failed to query its Redis for more than a minute, while a master answers. Users notice nothing, but the master has lost what would take over from it.',
    },
  },
  fires: [
    {
      when: 'a replica is gone, and until three minutes after it is back',
      given: [redis(flat(1, '5m'), flat(0, '10m'), flat(1)), ...beside('master', flat(1))],
      counts: { '5m': 0, '7m': 1, '17m': 1, '19m': 0 },
      others: { RedisDown: { '7m': 0, '15m': 0 } },
    },
    {
      when: 'the master is gone and a replica takes over, of which the other alert ends',
      given: [
        redis(flat(1, '5m'), flat(0)),
        ...beside('slave', flat(1, '8m'), gone()).slice(1),
        ...beside('master', flat(1)).slice(0, 1),
        ...beside('master', nothing('8m'), flat(1)).slice(1),
      ],
      counts: { '7m': 1, '20m': 1 },
      others: { RedisDown: { '7m': 1, '12m': 0, '20m': 0 } },
    },
  ],
  silent: [
    { when: 'both answer', given: [redis(flat(1)), ...beside('master', flat(1)).slice(0, 1)] },
    {
      when: 'its exporter dies',
      given: [redis(flat(1, '5m'), gone()), ...beside('master', flat(1)).slice(0, 1)],
    },
  ],
};

export const redisHighMemoryUsage: AlertCases = {
  alert: 'RedisHighMemoryUsage',
  says: {
    labels: target,
    summary: { zh: 'Redis 内存使用率过高：95%', en: 'Redis uses 95 % of its memory' },
    description: {
      zh: 'redis-exporter:9121 监控的 Redis 已使用 maxmemory 的 95.0%。到达上限之后写入会被拒绝。',
      en: 'Redis behind redis-exporter:9121 uses 95.0 % of its maxmemory. At the limit it refuses writes.',
    },
  },
  fires: [
    {
      when: 'a Redis that evicts nothing is nearly full',
      given: memory(flat(95 * mebibyte), 100 * mebibyte, 'noeviction'),
      counts: { '4m': 0, '5m': 1 },
    },
    {
      when: 'only keys that expire may be evicted',
      given: memory(flat(95 * mebibyte), 100 * mebibyte, 'volatile-lru'),
      counts: { '6m': 1 },
    },
  ],
  silent: [
    {
      // As published: +Inf, for ever.
      when: 'there is no limit',
      given: memory(flat(95 * mebibyte), 0, 'noeviction'),
    },
    {
      when: 'a cache that may evict any key is full on purpose',
      given: memory(flat(100 * mebibyte), 100 * mebibyte, 'allkeys-lru'),
    },
    {
      when: 'a cache that may evict any key at random is full on purpose',
      given: memory(flat(100 * mebibyte), 100 * mebibyte, 'allkeys-random'),
    },
    {
      when: 'nine tenths are used, which is the threshold itself',
      given: memory(flat(90 * mebibyte), 100 * mebibyte, 'noeviction'),
    },
    {
      when: 'it is full for four minutes',
      given: memory(
        `${flat(mebibyte, '5m')} ${flat(99 * mebibyte, '4m')} ${flat(mebibyte)}`,
        100 * mebibyte,
        'noeviction',
      ),
    },
  ],
};
