import type { AlertName } from '../../../monitoring/rules';

/** The expressions of the document this project began with: promtool accepts all, and most do not do what they say. */
export const published: Readonly<Partial<Record<AlertName, string>>> = {
  ChatRoomHighErrorRate: 'rate(chatroom_http_requests_total{status=~"5.."}[5m]) > 0.1',
  ChatRoomHighResponseTime:
    'histogram_quantile(0.95, rate(chatroom_http_request_duration_seconds_bucket[5m])) > 2',
  ChatRoomHighConcurrentConnections: 'chatroom_websocket_connections_active > 1000',
  HighCPUUsage: '100 - (avg by (instance) (irate(node_cpu_seconds_total{mode="idle"}[5m])) * 100) > 80',
  HighMemoryUsage:
    '(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes) / node_memory_MemTotal_bytes * 100 > 85',
  DiskSpaceUsage:
    '(node_filesystem_size_bytes - node_filesystem_free_bytes) / node_filesystem_size_bytes * 100 > 90',
  PostgreSQLDown: 'pg_up == 0',
  PostgreSQLHighConnections: 'pg_stat_database_numbackends / pg_settings_max_connections * 100 > 80',
  RedisDown: 'redis_up == 0',
  RedisHighMemoryUsage: 'redis_memory_used_bytes / redis_memory_max_bytes * 100 > 90',
};

/** The cases that these expressions fail: every defect that was found in them, and nothing else. */
export const failedByThePublished: readonly string[] = [
  'ChatRoomHighConcurrentConnections fires when two replicas hold 700 each, once for both',
  'ChatRoomHighErrorRate fires when everything fails at half a request a second, over six paths',
  'ChatRoomHighErrorRate fires when one request in five fails, and no sooner than after two minutes',
  'ChatRoomHighErrorRate fires when requests fail for ten minutes, and ends within two minutes after they no longer do',
  'ChatRoomHighErrorRate fires when six series fail, once for all of them',
  'ChatRoomHighErrorRate stays silent when 0.6 % of the requests fail under load',
  'ChatRoomHighErrorRate stays silent when everything fails for fifteen seconds',
  'ChatRoomHighErrorRate stays silent when one request in ten fails, which is the threshold itself',
  'ChatRoomHighErrorRate stays silent when probes fail all the time, which are no requests of users',
  'ChatRoomHighResponseTime fires when every request takes six seconds, read between the bounds of five and ten',
  'ChatRoomHighResponseTime stays silent when one path with a thousandth of the requests takes six seconds',
  'ChatRoomHighResponseTime stays silent when probes are slow',
  'ChatRoomHighResponseTime stays silent when three slow requests a minute are all there is',
  'DiskSpaceUsage fires when nothing is left but what is kept for root',
  'DiskSpaceUsage stays silent when an image that is mounted read-only is full',
  'DiskSpaceUsage stays silent when memory dressed as a disk is full',
  'HighCPUUsage fires when all CPUs of one host are busy, once for them and not for the other host',
  'HighCPUUsage fires when the average is 89 % with a dip to half of that every other minute',
  'PostgreSQLDown fires when its exporter dies as well, until the alert about the exporter takes over',
  'PostgreSQLHighConnections fires when 79 of 100 are taken, because three are kept for superusers',
  'PostgreSQLHighConnections fires when connections leak, and ends when they are closed',
  'PostgreSQLHighConnections fires when two databases together take 85 of the 97 connections, once for the server',
  'RedisDown fires when its exporter dies as well, until the alert about the exporter takes over',
  'RedisDown stays silent when a master answers beside it',
  'RedisHighMemoryUsage stays silent when a cache that may evict any key at random is full on purpose',
  'RedisHighMemoryUsage stays silent when a cache that may evict any key is full on purpose',
  'RedisHighMemoryUsage stays silent when there is no limit',
];
