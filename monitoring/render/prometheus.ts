import type { Catalogue } from '../catalogue';
import type { Environment } from '../environment';
import type { Job } from '../jobs';

/** The names under which the documents of an installation lie side by side. */
export const files = {
  prometheus: 'prometheus.yml',
  alertRules: 'alert_rules.yml',
  recordingRules: 'recording_rules.yml',
  alertmanager: 'alertmanager.yml',
} as const;

/** One step of relabelling. */
export interface RelabelConfig {
  /** @default replace */
  readonly action?: 'replace' | 'keep' | 'drop' | 'labeldrop' | 'labelkeep';
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
}

/** One entry of `scrape_configs`. */
export interface ScrapeConfig {
  readonly job_name: string;
  readonly metrics_path?: string;
  readonly kubernetes_sd_configs?: readonly { readonly role: string }[];
  readonly tls_config?: { readonly insecure_skip_verify?: boolean; readonly ca_file?: string };
  readonly relabel_configs?: readonly RelabelConfig[];
  readonly metric_relabel_configs?: readonly RelabelConfig[];
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
  const shared = sharedHosts(environment);
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
      ...('honorLabels' in job && { honor_labels: job.honorLabels }),
      ...('interval' in job && { scrape_interval: job.interval }),
      ...('timeout' in job && { scrape_timeout: job.timeout }),
      ...discovery(job, environment.targets[job.name] || [], shared),
      ...('ownNamespacesOnly' in job &&
        environment.namespaces && { metric_relabel_configs: [within(environment.namespaces)] }),
    })),
  };
}

function discovery(
  job: Job,
  targets: readonly string[],
  shared: ReadonlySet<string>,
): Omit<ScrapeConfig, 'job_name'> {
  switch (job.discovery) {
    case 'static':
      return { static_configs: staticConfigs(targets, shared) };
    case 'kubernetes-apiservers':
      return kubernetesApiservers;
    case 'kubernetes-nodes':
      return kubernetesNodes;
  }
}

/** By the label `node` an alert about a target is muted by one about the machine it is on. */
function staticConfigs(targets: readonly string[], shared: ReadonlySet<string>): readonly unknown[] {
  const byNode = Map.groupBy(targets, (target) => (shared.has(hostOf(target)) ? hostOf(target) : ''));
  return [...byNode].map(([node, same]) => ({ targets: same, ...(node !== '' && { labels: { node } }) }));
}

/** The hosts on which several jobs have targets; of the others nothing is known but their one job. */
function sharedHosts({ targets }: Environment): ReadonlySet<string> {
  const hosts = Object.values(targets).flatMap((listed) => [...new Set((listed || []).map(hostOf))]);
  return new Set(hosts.filter((host, index) => hosts.indexOf(host) !== index));
}

function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The API servers as the cluster itself lists them: the endpoints of the service `kubernetes`, port `https`. */
const kubernetesApiservers: Omit<ScrapeConfig, 'job_name'> = {
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

/** The kubelets, one on each node; in most clusters they sign their certificates themselves. */
const kubernetesNodes: Omit<ScrapeConfig, 'job_name'> = {
  scheme: 'https',
  kubernetes_sd_configs: [{ role: 'node' }],
  tls_config: { insecure_skip_verify: true },
  authorization: { credentials_file: `${serviceAccount}/token` },
  relabel_configs: [{ source_labels: ['__meta_kubernetes_node_name'], target_label: 'node' }],
};

/** Keeps the samples about these namespaces; those about none, such as the sum of a node, go as well. */
function within(namespaces: readonly string[]): RelabelConfig {
  return { action: 'keep', source_labels: ['namespace'], regex: namespaces.join('|') };
}
