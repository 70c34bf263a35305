import { jobs } from '../../monitoring/jobs';
import { standaloneEnvironment } from '../documents';
import { fault } from './fault';

const scraped = jobs.filter(({ name }) => standaloneEnvironment.targets[name] !== false);

export const targets = fault({
  name: 'targets',
  does: 'takes every target out of the configuration of Prometheus',
  alerts: scraped.map(({ title }) => `${title}Absent` as const),
  inject: (stack) =>
    stack.reconfigure(({ prometheus, ...others }) => ({
      ...others,
      prometheus: {
        ...prometheus,
        scrape_configs: prometheus.scrape_configs.map((job) => ({ ...job, static_configs: [] })),
      },
    })),
});
