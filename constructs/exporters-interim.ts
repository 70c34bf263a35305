import type { Exporter } from '../monitoring/model/exporter';
const list: Exporter[] = [
  {
    job: 'node-exporter',
    image: 'quay.io/prometheus/node-exporter:v1.9.1',
    port: 9100,
    args: [],
    perNode: true,
  },
  {
    job: 'postgres-exporter',
    image: 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1',
    port: 9187,
    args: [],
    watches: { secretEnv: { DATA_SOURCE_NAME: 'postgres-dsn' } },
  },
  {
    job: 'redis-exporter',
    image: 'docker.io/oliver006/redis_exporter:v1.74.0',
    port: 9121,
    args: [],
    watches: { env: { REDIS_ADDR: 'redis://$(ADDRESS)' }, secretEnv: { REDIS_PASSWORD: 'redis-password' } },
  },
  {
    job: 'nginx-exporter',
    image: 'docker.io/nginx/nginx-prometheus-exporter:1.4.2',
    port: 9113,
    args: [],
    watches: { args: ['--nginx.scrape-uri=http://$(ADDRESS)/stub_status'] },
  },
];
export const exporterOf = (job: string) => list.find((e) => e.job === job) as Exporter;
