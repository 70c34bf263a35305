import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
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
} from '../metrics/redis';

/** A small Redis is all overhead: below this much waste its ratio means nothing. */
const wasteFloor = 104_857_600;

const lasting = (at: string) => promql`(${series(redisDbKeys)}${at} - ${series(redisDbKeysExpiring)}${at})`;

export const redisWorkAlerts = [
  alert({
    name: 'RedisEvictingKeys',
    severity: 'warning',
    service: 'redis',
    for: '5m',
    threshold: 1,
    // Whatever the policy: of a cache that may evict any key, whose being full says nothing, this is what does.
    expr: (keys) => promql`rate(${series(redisEvictedKeysTotal)}[5m]) > ${keys}`,
    summary: {
      zh: 'Redis 正在淘汰键：每秒 {{ $value | printf "%.1f" }} 个',
      en: 'Redis evicts {{ $value | printf "%.1f" }} keys a second',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 Redis 内存不足，每秒淘汰 {{ $value | printf "%.1f" }} 个尚未过期的键。缓存会失效，在线状态可能丢失，用户会看到别人忽上忽下。',
      en: 'Redis behind {{ $labels.instance }} is short of memory and throws away {{ $value | printf "%.1f" }} keys a second before they expire. What was cached is read again, and presence may be lost: people seem to come and go.',
    },
  }),
  alert({
    name: 'RedisRejectedConnections',
    severity: 'critical',
    service: 'redis',
    for: '1m',
    threshold: 0,
    expr: (connections) => promql`increase(${series(redisRejectedConnectionsTotal)}[5m]) > ${connections}`,
    summary: {
      zh: 'Redis 5 分钟内拒绝了 {{ $value | printf "%.0f" }} 个连接',
      en: 'Redis refused {{ $value | printf "%.0f" }} connections in 5 minutes',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 Redis 已达到 maxclients，5 分钟内拒绝了 {{ $value | printf "%.0f" }} 个连接。需要重连的副本收不到其他副本的消息。',
      en: 'Redis behind {{ $labels.instance }} reached maxclients and refused {{ $value | printf "%.0f" }} connections in 5 minutes. A replica that has to connect again hears nothing of the others.',
    },
  }),
  alert({
    name: 'RedisMemoryFragmented',
    severity: 'warning',
    service: 'redis',
    for: '15m',
    threshold: 1.5,
    expr: (ratio) => promql`
      ${series(redisMemFragmentationRatio)} > ${ratio} and ${series(redisMemFragmentationBytes)} >= ${wasteFloor}`,
    summary: {
      zh: 'Redis 内存碎片过多：占用是实际使用的 {{ $value | printf "%.1f" }} 倍',
      en: 'Redis takes {{ $value | printf "%.1f" }} times the memory it uses',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 Redis 向系统占用的内存是实际使用量的 {{ $value | printf "%.1f" }} 倍，浪费超过 100 MiB。maxmemory 不计算这部分，主机可能先耗尽内存。',
      en: 'Redis behind {{ $labels.instance }} took {{ $value | printf "%.1f" }} times as much memory from the system as it uses, more than 100 MiB for nothing. maxmemory does not count this; the host may run out first.',
    },
  }),
  alert({
    name: 'RedisReplicaLinkDown',
    severity: 'warning',
    service: 'redis',
    for: '1m',
    // Only a replica has the series: without replication the alert has nothing to say.
    expr: () => promql`${series(redisMasterLinkUp)} == 0`,
    summary: {
      zh: 'Redis 副本与主节点 {{ $labels.master_host }}:{{ $labels.master_port }} 断开',
      en: 'A Redis replica lost its master {{ $labels.master_host }}:{{ $labels.master_port }}',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 Redis 副本已超过 1 分钟连不上主节点 {{ $labels.master_host }}:{{ $labels.master_port }}，数据停在断开的那一刻；此时主节点故障将无可用的后备。',
      en: 'The Redis replica behind {{ $labels.instance }} has been cut off from {{ $labels.master_host }}:{{ $labels.master_port }} for more than a minute and holds what it had then. If the master fails now, nothing can take over.',
    },
  }),
  alert({
    name: 'RedisReplicationLagging',
    severity: 'warning',
    service: 'redis',
    // A replica that says nothing is dropped after repl-timeout, 60 seconds by default, and its series with it: what
    // waits longer than that never fires. Then the alert below is due, for which this one stays.
    for: '30s',
    keepFiringFor: '2m',
    threshold: 10,
    expr: (seconds) => promql`${series(redisConnectedSlaveLagSeconds)} > ${seconds}`,
    summary: {
      zh: 'Redis 副本 {{ $labels.slave_ip }}:{{ $labels.slave_port }} 落后 {{ $value | humanizeDuration }}',
      en: 'Redis replica {{ $labels.slave_ip }}:{{ $labels.slave_port }} is {{ $value | humanizeDuration }} behind',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的主节点已有 {{ $value | humanizeDuration }} 没有收到副本 {{ $labels.slave_ip }}:{{ $labels.slave_port }} 的确认（正常为 1 秒）。此时切换会丢失最近的数据；沉默超过 repl-timeout，主节点会断开它。',
      en: 'The master behind {{ $labels.instance }} has heard nothing from replica {{ $labels.slave_ip }}:{{ $labels.slave_port }} for {{ $value | humanizeDuration }}; a second is normal. A failover now would lose what is newest, and a replica that stays silent for repl-timeout is cut off.',
    },
  }),
  alert({
    name: 'RedisReplicaLost',
    severity: 'warning',
    service: 'redis',
    for: '1m',
    // How many there should be is not written anywhere; how many there were within a week is. What became a replica
    // itself, after a failover, has none for good reason.
    expr: () => promql`
      max_over_time(${series(redisConnectedSlaves)}[7d]) - ${series(redisConnectedSlaves)} > 0
      and on (job, instance) ${series(redisInstanceInfo, { role: 'master' })}`,
    summary: {
      zh: 'Redis 主节点少了 {{ $value | printf "%.0f" }} 个副本（{{ $labels.instance }}）',
      en: 'A Redis master misses {{ $value | printf "%.0f" }} of its replicas ({{ $labels.instance }})',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的主节点比过去一周内少了 {{ $value | printf "%.0f" }} 个副本：副本已退出、断网，或沉默太久而被断开。主节点若在此时故障，后备减少甚至没有。',
      en: 'The master behind {{ $labels.instance }} has lost {{ $value | printf "%.0f" }} of the replicas that it had within the last week: ended, cut off, or silent for too long. If the master fails now, less or nothing is there to take over.',
    },
  }),
  alert({
    name: 'RedisKeysWithoutExpiryGrowing',
    severity: 'warning',
    service: 'redis',
    for: '30m',
    threshold: 10_000,
    // Everything the chat servers keep in Redis expires; what does not, and grows, was forgotten by somebody.
    expr: (keys) => promql`${lasting('')} - ${lasting(' offset 6h')} > ${keys}`,
    summary: {
      zh: 'Redis {{ $labels.db }} 中永不过期的键 6 小时增加 {{ $value | printf "%.0f" }} 个',
      en: '{{ $labels.db }} of Redis gained {{ $value | printf "%.0f" }} keys that never expire in 6 hours',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 Redis（{{ $labels.db }}）中没有过期时间的键比 6 小时前多 {{ $value | printf "%.0f" }} 个。聊天服务写入的键都有过期时间，这是泄漏，最终会占满内存。',
      en: 'Redis behind {{ $labels.instance }} ({{ $labels.db }}) holds {{ $value | printf "%.0f" }} keys without expiry more than 6 hours ago. Whatever the chat servers write expires; this is a leak, and it ends when memory does.',
    },
  }),
] as const;
