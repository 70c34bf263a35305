import { spawnSync } from 'node:child_process';
import { postgresMetrics } from '../../monitoring/metrics/postgres';
import { answers } from '../supervisor/probes';
import type { PortName } from '../ports';
import type { Site } from '../site';
import { component } from './component';
import { ourOwn } from './our-own';
import { exporterRole } from './postgresql';

export const nodeExporter = component({
  name: 'node-exporter',
  title: 'node exporter',
  ports: ['node-exporter'],
  command: (site) => ({
    program: site.program('nodeExporter'),
    args: [listen(site, 'node-exporter'), '--no-collector.systemd', '--log.level=warn'],
  }),
  ready: exposes('node-exporter'),
});

export const postgresExporter = component({
  name: 'postgres-exporter',
  title: 'PostgreSQL exporter',
  ports: ['postgres-exporter'],
  after: ['postgresql'],
  command: (site) => ({
    program: site.program('postgresExporter'),
    args: [listen(site, 'postgres-exporter'), ...collectors(site.program('postgresExporter'))],
    env: {
      DATA_SOURCE_URI: `127.0.0.1:${site.ports.postgresql}/postgres?sslmode=disable`,
      DATA_SOURCE_USER: exporterRole,
      DATA_SOURCE_PASS_FILE: site.secrets.file('postgres-exporter'),
    },
  }),
  ready: exposes('postgres-exporter'),
});

export const redisExporter = component({
  name: 'redis-exporter',
  title: 'Redis exporter',
  ports: ['redis-exporter'],
  after: ['redis'],
  command: (site) => ({
    program: site.program('redisExporter'),
    args: [listen(site, 'redis-exporter')],
    env: {
      REDIS_ADDR: `redis://127.0.0.1:${site.ports.redis}`,
      REDIS_PASSWORD: site.secrets.read('redis'),
    },
  }),
  ready: exposes('redis-exporter'),
});

export const nginxExporter = component({
  name: 'nginx-exporter',
  title: 'nginx exporter',
  ports: ['nginx-exporter'],
  after: ['nginx'],
  command: (site) => ({
    program: site.program('nginxExporter'),
    args: [listen(site, 'nginx-exporter'), `--nginx.scrape-uri=${site.url('nginx-status', '/stub_status')}`],
  }),
  ready: exposes('nginx-exporter'),
});

/** Not after nginx but before it: what nobody receives is lost. */
export const nginxLogExporter = component({
  name: 'nginx-log-exporter',
  title: 'nginx log exporter',
  ports: ['nginx-log-exporter'],
  command: ({ ports }) =>
    ourOwn('nginx-log-exporter/main.ts', {
      NGINX_LOG_EXPORTER_HOST: '127.0.0.1',
      NGINX_LOG_EXPORTER_PORT: String(ports['nginx-log-exporter']),
      NGINX_LOG_EXPORTER_SYSLOG_PORT: String(ports['nginx-log-exporter']),
    }),
  ready: exposes('nginx-log-exporter'),
});

/** Collectors that are off unless they are asked for; a release that does not know one would not start. */
function collectors(exporter: string): readonly string[] {
  const { stdout, stderr } = spawnSync(exporter, ['--help'], { encoding: 'utf8' });
  const known = `${stdout}${stderr}`;
  const wanted = postgresMetrics.flatMap((metric) => ('collector' in metric ? [metric.collector ?? ''] : []));
  return [...new Set(wanted)]
    .filter((collector) => known.includes(`collector.${collector}`))
    .map((collector) => `--collector.${collector}`);
}

function listen(site: Site, port: PortName): string {
  return `--web.listen-address=127.0.0.1:${site.ports[port]}`;
}

function exposes(port: PortName): (site: Site) => Promise<boolean> {
  return (site) => answers(site.url(port, '/metrics'));
}
