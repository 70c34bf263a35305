import type { JobName } from '../monitoring/jobs';
import type { Exporter } from '../monitoring/model/exporter';
import { images } from './images';

/** The exporters that run in a cluster; each is read by the job whose name it has. */
export const exporters = [
  {
    job: 'node-exporter',
    image: images.nodeExporter,
    port: 9100,
    // What belongs to the node and not to containers that come and go.
    args: [
      '--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run/k3s/containerd/.+|var/lib/(docker|containers|kubelet)/.+)($|/)',
      '--collector.netdev.device-exclude=^(veth|cali|lxc|[a-f0-9]{15}).*$',
    ],
    perNode: true,
  },
  {
    job: 'postgres-exporter',
    image: images.postgresExporter,
    port: 9187,
    // Before PostgreSQL 17 there is no such view, which this collector logs, and the others go on.
    args: ['--collector.stat_checkpointer'],
    watches: { secretEnv: { DATA_SOURCE_NAME: 'postgres-dsn' } },
  },
  {
    job: 'redis-exporter',
    image: images.redisExporter,
    port: 9121,
    args: [],
    watches: {
      env: { REDIS_ADDR: '$(ADDRESS)' },
      secretEnv: { REDIS_PASSWORD: 'redis-password' },
    },
  },
  {
    job: 'nginx-exporter',
    image: images.nginxExporter,
    port: 9113,
    args: [],
    watches: { args: ['--nginx.scrape-uri=http://$(ADDRESS)/stub_status'] },
  },
  {
    job: 'nginx-log-exporter',
    image: images.chatroom,
    port: 9117,
    args: ['build/nginx-log-exporter/main.js'],
    memory: '128Mi',
    // The other way round: nginx sends it its access log, to this port by UDP.
    watches: { env: { NGINX_LOG_EXPORTER_SYSLOG_PORT: '$(ADDRESS)' } },
  },
] as const satisfies readonly Exporter<JobName>[];

export type ExporterJob = (typeof exporters)[number]['job'];

export function exporterOf(job: ExporterJob): Exporter<JobName> {
  const found = exporters.find((exporter) => exporter.job === job);
  if (!found) throw new Error(`no exporter is read by job ${job}: add it to constructs/exporters.ts`);
  return found;
}
