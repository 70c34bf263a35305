import { counter, gauge, info } from '../model/metric';

/** What the rules and boards use of the Redis exporter. */

export const redisUp = gauge({ name: 'redis_up', help: '1 when the exporter could query Redis.' });

export const redisMemoryUsedBytes = gauge({
  name: 'redis_memory_used_bytes',
  help: 'Memory allocated by Redis.',
});

export const redisMemoryMaxBytes = gauge({
  name: 'redis_memory_max_bytes',
  help: 'The configured maxmemory; 0 means no limit.',
});

export const redisInstanceInfo = info({
  name: 'redis_instance_info',
  help: 'Version and configuration of the instance, in labels.',
  labels: ['maxmemory_policy', 'redis_mode', 'redis_version', 'role'],
});

export const redisMemoryUsedRssBytes = gauge({
  name: 'redis_memory_used_rss_bytes',
  help: 'Memory that the operating system has given to Redis.',
});

export const redisMemFragmentationRatio = gauge({
  name: 'redis_mem_fragmentation_ratio',
  help: 'Memory given by the operating system over memory allocated by Redis.',
});

export const redisConnectedClients = gauge({
  name: 'redis_connected_clients',
  help: 'Client connections open right now, replicas left out.',
});

export const redisConfigMaxclients = gauge({
  name: 'redis_config_maxclients',
  help: 'Client connections that Redis accepts at most.',
});

export const redisRejectedConnectionsTotal = counter({
  name: 'redis_rejected_connections_total',
  help: 'Connections refused because maxclients was reached.',
});

export const redisCommandsTotal = counter({
  name: 'redis_commands_total',
  help: 'Commands carried out, by command; a subcommand stands behind a bar, as in config|get.',
  labels: ['cmd'],
});

export const redisCommandsDurationSecondsTotal = counter({
  name: 'redis_commands_duration_seconds_total',
  help: 'Seconds spent carrying out commands, by command.',
  labels: ['cmd'],
});

export const redisKeyspaceHitsTotal = counter({
  name: 'redis_keyspace_hits_total',
  help: 'Reads that found their key.',
});

export const redisKeyspaceMissesTotal = counter({
  name: 'redis_keyspace_misses_total',
  help: 'Reads that did not find their key.',
});

export const redisEvictedKeysTotal = counter({
  name: 'redis_evicted_keys_total',
  help: 'Keys thrown out to stay below maxmemory.',
});

export const redisExpiredKeysTotal = counter({
  name: 'redis_expired_keys_total',
  help: 'Keys whose time was over.',
});

export const redisDbKeys = gauge({
  name: 'redis_db_keys',
  help: 'Keys in the database.',
  labels: ['db'],
});

export const redisDbKeysExpiring = gauge({
  name: 'redis_db_keys_expiring',
  help: 'Keys in the database that will expire.',
  labels: ['db'],
});

export const redisNetInputBytesTotal = counter({
  name: 'redis_net_input_bytes_total',
  help: 'Bytes received from clients.',
});

export const redisNetOutputBytesTotal = counter({
  name: 'redis_net_output_bytes_total',
  help: 'Bytes sent to clients.',
});

export const redisPubsubChannels = gauge({
  name: 'redis_pubsub_channels',
  help: 'Channels that have a subscriber.',
});

export const redisMemFragmentationBytes = gauge({
  name: 'redis_mem_fragmentation_bytes',
  help: 'Memory taken from the system less memory in use.',
});

export const redisMasterLinkUp = gauge({
  name: 'redis_master_link_up',
  help: 'Of a replica: 1 while it is connected to its master.',
  labels: ['master_host', 'master_port'],
  onlyWhere: 'Redis is a replica',
});

export const redisConnectedSlaveLagSeconds = gauge({
  name: 'redis_connected_slave_lag_seconds',
  help: 'Of a master: seconds since each replica last confirmed.',
  labels: ['slave_ip', 'slave_port', 'slave_state'],
  onlyWhere: 'Redis has replicas',
});

export const redisConnectedSlaves = gauge({
  name: 'redis_connected_slaves',
  help: 'Replicas that are connected, whatever state they are in.',
});

export const redisMetrics = [
  redisUp,
  redisMemoryUsedBytes,
  redisMemoryMaxBytes,
  redisInstanceInfo,
  redisMemoryUsedRssBytes,
  redisMemFragmentationRatio,
  redisConnectedClients,
  redisConfigMaxclients,
  redisRejectedConnectionsTotal,
  redisCommandsTotal,
  redisCommandsDurationSecondsTotal,
  redisKeyspaceHitsTotal,
  redisKeyspaceMissesTotal,
  redisEvictedKeysTotal,
  redisExpiredKeysTotal,
  redisDbKeys,
  redisDbKeysExpiring,
  redisNetInputBytesTotal,
  redisNetOutputBytesTotal,
  redisPubsubChannels,
  redisMemFragmentationBytes,
  redisMasterLinkUp,
  redisConnectedSlaveLagSeconds,
  redisConnectedSlaves,
] as const;
