import {
  redisConnectedSlaveLagSeconds,
  redisConnectedSlaves,
  redisDbKeys,
  redisDbKeysExpiring,
  redisEvictedKeysTotal,
  redisInstanceInfo,
  redisMasterLinkUp,
  redisMemFragmentationBytes,
  redisMemFragmentationRatio,
  redisRejectedConnectionsTotal,
} from '../../../monitoring/metrics/redis';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing } from './given';

const target = { job: 'redis-exporter', instance: 'redis-exporter:9121' };
const evicted = (perSecond: number) => given(series(redisEvictedKeysTotal, target), growing(perSecond));
const rejected = (pace: string) => given(series(redisRejectedConnectionsTotal, target), pace);
const memory = (ratio: number, bytes: number) => [
  given(series(redisMemFragmentationRatio, target), flat(ratio)),
  given(series(redisMemFragmentationBytes, target), flat(bytes)),
];
const link = (...values: readonly string[]) =>
  given(series(redisMasterLinkUp, { ...target, master_host: 'redis-0', master_port: '6379' }), ...values);
const replicas = (...values: readonly string[]) => given(series(redisConnectedSlaves, target), ...values);
const master = (...values: readonly string[]) =>
  given(series(redisInstanceInfo, { ...target, role: 'master' }), ...values);
const behind = (...values: readonly string[]) =>
  given(
    series(redisConnectedSlaveLagSeconds, {
      ...target,
      slave_ip: '10.0.0.7',
      slave_port: '6379',
      slave_state: 'online',
    }),
    ...values,
  );
const keys = (all: readonly string[], expiring: readonly string[]) => [
  given(series(redisDbKeys, { ...target, db: 'db0' }), ...all),
  given(series(redisDbKeysExpiring, { ...target, db: 'db0' }), ...expiring),
];

export const redisEvictingKeys: AlertCases = {
  alert: 'RedisEvictingKeys',
  says: {
    labels: { instance: 'redis-exporter:9121', job: 'redis-exporter' },
    summary: { zh: 'Redis 正在淘汰键：每秒 5.0 个', en: 'Redis evicts 5.0 keys a second' },
    description: {
      zh: 'redis-exporter:9121 监控的 Redis 内存不足，每秒淘汰 5.0 个尚未过期的键。缓存会失效，在线状态可能丢失，用户会看到别人忽上忽下。',
      en: 'Redis behind redis-exporter:9121 is short of memory and throws away 5.0 keys a second before they expire. What was cached is read again, and presence may be lost: people seem to come and go.',
    },
  },
  fires: [
    { when: 'five keys are thrown away every second', given: [evicted(5)], counts: { '4m': 0, '7m': 1 } },
  ],
  silent: [
    { when: 'a key goes every two seconds', given: [evicted(0.5)] },
    { when: 'everything fits', given: [evicted(0)] },
  ],
};

export const redisRejectedConnections: AlertCases = {
  alert: 'RedisRejectedConnections',
  says: {
    labels: { instance: 'redis-exporter:9121', job: 'redis-exporter' },
    summary: { zh: 'Redis 5 分钟内拒绝了 24 个连接', en: 'Redis refused 24 connections in 5 minutes' },
    description: {
      zh: 'redis-exporter:9121 监控的 Redis 已达到 maxclients，5 分钟内拒绝了 24 个连接。需要重连的副本收不到其他副本的消息。',
      en: 'Redis behind redis-exporter:9121 reached maxclients and refused 24 connections in 5 minutes. A replica that has to connect again hears nothing of the others.',
    },
  },
  fires: [
    {
      when: 'connections are refused for two minutes, until five minutes after',
      given: [
        rejected(
          counting([
            { perSecond: 0, lasting: '5m' },
            { perSecond: 0.2, lasting: '2m' },
            { perSecond: 0, lasting: '50m' },
          ]),
        ),
      ],
      counts: { '5m': 0, '8m': 1, '13m': 0 },
    },
  ],
  silent: [{ when: 'the last refusal was long ago', given: [rejected(flat(5))] }],
};

export const redisMemoryFragmented: AlertCases = {
  alert: 'RedisMemoryFragmented',
  says: {
    labels: { instance: 'redis-exporter:9121', job: 'redis-exporter' },
    summary: {
      zh: 'Redis 内存碎片过多：占用是实际使用的 2.2 倍',
      en: 'Redis takes 2.2 times the memory it uses',
    },
    description: {
      zh: 'redis-exporter:9121 监控的 Redis 向系统占用的内存是实际使用量的 2.2 倍，浪费超过 100 MiB。maxmemory 不计算这部分，主机可能先耗尽内存。',
      en: 'Redis behind redis-exporter:9121 took 2.2 times as much memory from the system as it uses, more than 100 MiB for nothing. maxmemory does not count this; the host may run out first.',
    },
  },
  fires: [
    {
      when: 'more than twice the memory in use is taken',
      given: memory(2.2, 3e8),
      counts: { '14m': 0, '16m': 1 },
    },
  ],
  silent: [
    { when: 'an empty Redis is all overhead', given: memory(12.6, 11e6) },
    { when: 'a big one wastes a fifth', given: memory(1.2, 2e9) },
  ],
};

export const redisReplicaLinkDown: AlertCases = {
  alert: 'RedisReplicaLinkDown',
  says: {
    labels: {
      instance: 'redis-exporter:9121',
      job: 'redis-exporter',
      master_host: 'redis-0',
      master_port: '6379',
    },
    summary: {
      zh: 'Redis 副本与主节点 redis-0:6379 断开',
      en: 'A Redis replica lost its master redis-0:6379',
    },
    description: {
      zh: 'redis-exporter:9121 监控的 Redis 副本已超过 1 分钟连不上主节点 redis-0:6379，数据停在断开的那一刻；此时主节点故障将无可用的后备。',
      en: 'The Redis replica behind redis-exporter:9121 has been cut off from redis-0:6379 for more than a minute and holds what it had then. If the master fails now, nothing can take over.',
    },
  },
  fires: [
    {
      when: 'a replica loses its master, and ends when it finds it again',
      given: [link(flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '5m': 0, '7m': 1, '16m': 0 },
    },
  ],
  silent: [
    { when: 'the link stands', given: [link(flat(1))] },
    { when: 'there is no replication', given: [] },
  ],
};

export const redisReplicationLagging: AlertCases = {
  alert: 'RedisReplicationLagging',
  says: {
    labels: {
      instance: 'redis-exporter:9121',
      job: 'redis-exporter',
      slave_ip: '10.0.0.7',
      slave_port: '6379',
      slave_state: 'online',
    },
    summary: {
      zh: 'Redis 副本 10.0.0.7:6379 落后 54s',
      en: 'Redis replica 10.0.0.7:6379 is 54s behind',
    },
    description: {
      zh: 'redis-exporter:9121 监控的主节点已有 54s 没有收到副本 10.0.0.7:6379 的确认（正常为 1 秒）。此时切换会丢失最近的数据；沉默超过 repl-timeout，主节点会断开它。',
      en: 'The master behind redis-exporter:9121 has heard nothing from replica 10.0.0.7:6379 for 54s; a second is normal. A failover now would lose what is newest, and a replica that stays silent for repl-timeout is cut off.',
    },
  },
  fires: [
    {
      when: 'a replica stops confirming, and stays until the alert about one that is lost takes over',
      given: [behind(flat(1, '5m'), '9 24 39 54', gone()), replicas(flat(1, '6m'), flat(0)), master(flat(1))],
      counts: { '315s': 0, '345s': 1, '7m': 1, '9m': 0 },
      others: { RedisReplicaLost: { '390s': 0, '7m': 1, '1h': 1 } },
    },
  ],
  silent: [
    { when: 'it confirms every five seconds', given: [behind(flat(5))] },
    { when: 'one confirmation is late', given: [behind(flat(1, '5m'), '12 26', flat(1))] },
    { when: 'there is no replication', given: [] },
  ],
};

export const redisReplicaLost: AlertCases = {
  alert: 'RedisReplicaLost',
  says: {
    labels: { instance: 'redis-exporter:9121', job: 'redis-exporter' },
    summary: {
      zh: 'Redis 主节点少了 1 个副本（redis-exporter:9121）',
      en: 'A Redis master misses 1 of its replicas (redis-exporter:9121)',
    },
    description: {
      zh: 'redis-exporter:9121 监控的主节点比过去一周内少了 1 个副本：副本已退出、断网，或沉默太久而被断开。主节点若在此时故障，后备减少甚至没有。',
      en: 'The master behind redis-exporter:9121 has lost 1 of the replicas that it had within the last week: ended, cut off, or silent for too long. If the master fails now, less or nothing is there to take over.',
    },
  },
  fires: [
    {
      when: 'one of two replicas dies, and ends when it is back',
      given: [replicas(flat(2, '5m'), flat(1, '30m'), flat(2)), master(flat(1))],
      counts: { '5m': 0, '7m': 1, '34m': 1, '36m': 0 },
    },
  ],
  silent: [
    {
      when: 'it is away for half a minute',
      given: [replicas(flat(2, '5m'), flat(1, '30s'), flat(2)), master(flat(1))],
    },
    {
      when: 'the master itself becomes a replica',
      given: [replicas(flat(2, '5m'), flat(0)), master(flat(1, '5m'), gone())],
    },
    { when: 'there is no replication', given: [replicas(flat(0)), master(flat(1))] },
  ],
};

export const redisKeysWithoutExpiryGrowing: AlertCases = {
  alert: 'RedisKeysWithoutExpiryGrowing',
  says: {
    labels: { db: 'db0', instance: 'redis-exporter:9121', job: 'redis-exporter' },
    summary: {
      zh: 'Redis db0 中永不过期的键 6 小时增加 20000 个',
      en: 'db0 of Redis gained 20000 keys that never expire in 6 hours',
    },
    description: {
      zh: 'redis-exporter:9121 监控的 Redis（db0）中没有过期时间的键比 6 小时前多 20000 个。聊天服务写入的键都有过期时间，这是泄漏，最终会占满内存。',
      en: 'Redis behind redis-exporter:9121 (db0) holds 20000 keys without expiry more than 6 hours ago. Whatever the chat servers write expires; this is a leak, and it ends when memory does.',
    },
  },
  fires: [
    {
      when: 'twenty thousand keys without expiry are added',
      given: keys([flat(50_000, '6h'), flat(70_000, '2h')], [flat(40_000, '8h')]),
      counts: { '6h': 0, '7h': 1 },
    },
  ],
  silent: [
    {
      when: 'twenty thousand keys are added that expire',
      given: keys([flat(50_000, '6h'), flat(70_000, '2h')], [flat(40_000, '6h'), flat(60_000, '2h')]),
      until: '8h',
    },
  ],
};
