import { fault } from './fault';

/** Fewer than any exporter has to say, and a scrape that is over the limit is thrown away as a whole. */
const samples = 5;

export const sampleLimit = fault({
  name: 'sample-limit',
  does: `lets Prometheus take no more than ${samples} samples from the nginx log exporter`,
  alerts: ['PrometheusSamplesDropped', 'NginxLogExporterDown'],
  inject: (stack) =>
    stack.reconfigure(({ prometheus, ...others }) => ({
      ...others,
      prometheus: {
        ...prometheus,
        scrape_configs: prometheus.scrape_configs.map((job) =>
          job.job_name === 'nginx-log-exporter' ? { ...job, sample_limit: samples } : job,
        ),
      },
    })),
});
