import { crash } from './crash';
import { fault } from './fault';

export const nodeExporter = fault({
  name: 'exporter',
  does: 'kills the node exporter, which looks like losing the host',
  alerts: ['NodeExporterDown'],
  inject: crash('node-exporter'),
});

export const postgresExporter = fault({
  name: 'postgres-exporter',
  does: 'kills the PostgreSQL exporter',
  alerts: ['PostgresExporterDown'],
  inject: crash('postgres-exporter'),
});

export const redisExporter = fault({
  name: 'redis-exporter',
  does: 'kills the Redis exporter',
  alerts: ['RedisExporterDown'],
  inject: crash('redis-exporter'),
});

export const nginxExporter = fault({
  name: 'nginx-exporter',
  does: 'kills the nginx exporter',
  alerts: ['NginxExporterDown'],
  inject: crash('nginx-exporter'),
});

export const nginxLogExporter = fault({
  name: 'nginx-log-exporter',
  does: 'kills the nginx log exporter',
  alerts: ['NginxLogExporterDown'],
  inject: crash('nginx-log-exporter'),
});
