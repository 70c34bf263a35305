import { gauge, info } from '../model/metric';

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

export const redisMetrics = [redisUp, redisMemoryUsedBytes, redisMemoryMaxBytes, redisInstanceInfo] as const;
