import type { Catalogue } from '../catalogue';
import type { Job } from '../jobs';

/** The names under which the documents of an installation lie side by side. */
export const files = {
  prometheus: 'prometheus.yml',
  alertRules: 'alert_rules.yml',
  recordingRules: 'recording_rules.yml',
  alertmanager: 'alertmanager.yml',
} as const;

/** One entry of `scrape_configs`. */
export interface ScrapeConfig {
  readonly job_name: string;
  readonly [field: string]: unknown;
}

/** `prometheus.yml` */
export interface PrometheusConfig {
  readonly global: Readonly<Record<string, unknown>>;
  readonly rule_files: readonly string[];
  readonly alerting: { readonly alertmanagers: readonly Readonly<Record<string, unknown>>[] };
  readonly scrape_configs: readonly ScrapeConfig[];
}

export function prometheusConfig({ environment, jobs }: Catalogue): PrometheusConfig {
  return {
    global: {
      scrape_interval: environment.scrapeInterval,
      evaluation_interval: environment.evaluationInterval,
      external_labels: environment.externalLabels,
    },
    rule_files: [files.alertRules, files.recordingRules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: environment.alertmanagers }] }] },
    scrape_configs: jobs.map((job) => ({
      job_name: job.name,
      ...('path' in job && { metrics_path: job.path }),
      ...('interval' in job && { scrape_interval: job.interval }),
      ...('timeout' in job && { scrape_timeout: job.timeout }),
      ...discovery(job, environment.targets[job.name] || []),
    })),
  };
}

function discovery(job: Job, targets: readonly string[]): Readonly<Record<string, unknown>> {
  switch (job.discovery) {
    case 'static':
      return { static_configs: [{ targets }] };
    case 'kubernetes-apiservers':
      return kubernetesApiservers;
  }
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The API servers as the cluster itself lists them: the endpoints of the service `kubernetes`, port `https`. */
const kubernetesApiservers = {
  scheme: 'https',
  kubernetes_sd_configs: [{ role: 'endpoints' }],
  tls_config: { ca_file: `${serviceAccount}/ca.crt` },
  authorization: { credentials_file: `${serviceAccount}/token` },
  relabel_configs: [
    {
      source_labels: [
        '__meta_kubernetes_namespace',
        '__meta_kubernetes_service_name',
        '__meta_kubernetes_endpoint_port_name',
      ],
      regex: 'default;kubernetes;https',
      action: 'keep',
    },
  ],
};
