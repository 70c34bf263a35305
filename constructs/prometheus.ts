import {
  IntOrString,
  KubePodDisruptionBudget,
  KubeService,
  KubeServiceAccount,
  type ObjectMeta,
} from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import { Prometheus as PrometheusResource, ScrapeConfig } from '../imports/monitoring.coreos.com';
import type { Environment } from '../monitoring/environment';
import { Access, type AccessRule } from './access';
import { recommendedLabels, type Component } from './component';
import { imageVersion, images } from './images';
import { apart, restrictedPod, volume } from './operated-pod';
import { plainResources, type Resources } from './resources';
import type { SecretKey } from './secret-key';
import { prometheusName, selectedBy } from './service-scrape';

/** Size and shape of a Prometheus. */
export interface PrometheusSettings {
  /** How many hold the same data, so that one may be lost. */
  readonly replicas: number;
  /**
   * Into how many parts the targets are split; each part has all replicas. With more than one, none of them sees
   * everything: one more Prometheus, as large as a part, then asks them all, evaluates the rules and answers people.
   * @default 1
   */
  readonly shards?: number;
  /** How long samples are kept, e.g. `15d`. */
  readonly retention: `${number}${'h' | 'd' | 'w'}`;
  /** At most this much is kept, whatever the retention. @default - as much as comes in during the retention */
  readonly retentionSize?: `${number}${'MB' | 'GB'}`;
  /** Size of the volume. @default - none, samples are lost with the pod */
  readonly storage?: string;
  /** @default - that which the cluster gives to who asks for none */
  readonly storageClass?: string;
  readonly resources: Resources;
  /** Where samples are sent besides. @default - nowhere */
  readonly remoteWrite?: { readonly url: string; readonly bearerToken?: SecretKey };
}

export interface PrometheusProps extends PrometheusSettings {
  readonly namespace: string;
  readonly environment: Environment;
  /** Namespaces in which it may look for targets. More are added by `addNamespace`. */
  readonly namespaces: readonly string[];
  /** Where alerts are sent. */
  readonly alertmanager: { readonly name: string; readonly namespace: string; readonly port: string };
}

/** One step that changes, keeps or drops targets or samples by their labels. */
export interface Relabeling {
  /** @default replace */
  readonly action?: 'replace' | 'keep' | 'drop' | 'labeldrop' | 'labelkeep';
  /** Labels whose values, joined by `;`, are looked at. @default - none */
  readonly sourceLabels?: readonly string[];
  /** What the values have to match in full. @default - anything */
  readonly regex?: string;
  /** Label that is written. @default - none */
  readonly targetLabel?: string;
  /** Its value, with `$1` for the first group of `regex`. @default - what was matched */
  readonly replacement?: string;
}

export interface KubernetesJobProps {
  readonly name: string;
  /** What the API server is asked for. */
  readonly finds: 'endpoints' | 'nodes';
  /** Where endpoints are looked for. @default - everywhere, for which access to all of them is needed */
  readonly namespaces?: readonly string[];
  /** What reading the targets takes, and finding them where that is not given already. */
  readonly access: readonly AccessRule[];
  /** @default /metrics */
  readonly path?: string;
  /** Whether targets have to show a certificate of the cluster's authority. @default checked */
  readonly certificates?: 'checked' | 'unchecked';
  /** Changes targets before they are read. @default - none */
  readonly relabelings?: readonly Relabeling[];
  /** Changes samples before they are stored. @default - none */
  readonly metricRelabelings?: readonly Relabeling[];
}

/** What finding targets takes, in each namespace that has some. */
export const discoveryAccess: readonly AccessRule[] = [
  { groups: [''], resources: ['services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] },
  { groups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
];

/** What reading the API server's own metrics takes. */
export const apiServerMetricsAccess: readonly AccessRule[] = [{ paths: ['/metrics'], verbs: ['get'] }];

/** What reading the kubelets' metrics takes. */
export const kubeletMetricsAccess: readonly AccessRule[] = [
  { groups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
  { groups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
];

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The scrape class for targets that know pods by their ServiceAccount. */
const clusterScrapeClass = 'cluster';

/** Name of the Prometheus that asks all parts of ours, where it is split. */
export const globalPrometheusName = 'chatroom-global';

/**
 * Prometheus, its account, and the Service under which others reach it. prometheus-operator does the rest.
 *
 * As a component it is what reads targets, in one part or in several; `evaluator` is what sees everything.
 */
export class Prometheus extends Construct implements Component {
  readonly name = 'prometheus';
  readonly namespace: string;
  readonly selector = podsOf(prometheusName);
  readonly ports = { web: 9090 };
  /** What evaluates the rules and answers questions: itself, or what asks all of its parts. */
  readonly evaluator: Component;
  /** Name of the Prometheus that evaluates the rules, and that watches those who watch. */
  readonly evaluatorName: string;
  private readonly shards: number;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrometheusProps,
  ) {
    super(scope, id);
    const { namespace, shards = 1 } = props;
    if (!Number.isInteger(shards) || shards < 1) {
      throw new Error(`prometheus.shards is ${shards}: write a whole number of parts, 1 for a single one`);
    }
    this.namespace = namespace;
    this.shards = shards;
    const isSplit = shards > 1;
    this.evaluatorName = isSplit ? globalPrometheusName : prometheusName;
    this.evaluator = isSplit
      ? { name: 'prometheus-global', namespace, selector: podsOf(globalPrometheusName), ports: this.ports }
      : this;
    const labels = recommendedLabels({ name: this.name, component: 'metrics', image: images.prometheus });
    const metadata = { name: this.name, namespace, labels };
    new KubeServiceAccount(this, 'account', { metadata, automountServiceAccountToken: true });
    new Access(this, 'discovery', {
      account: metadata,
      namespaced: { namespaces: [namespace, ...props.namespaces], rules: discoveryAccess },
    });
    this.service(metadata, this.evaluator.selector);
    for (const shard of isSplit ? this.shardNames.keys() : []) {
      const name = this.shardNames[shard] as string;
      this.service({ ...metadata, name }, { ...this.selector, [shardLabel]: String(shard) });
    }
    const guarded: readonly Component[] = props.replicas > 1 ? [...new Set([this, this.evaluator])] : [];
    for (const { name, selector } of guarded) {
      new KubePodDisruptionBudget(this, `budget-${name}`, {
        metadata: { ...metadata, name },
        spec: { selector: { matchLabels: selector }, maxUnavailable: IntOrString.fromNumber(1) },
      });
    }
    this.reader(labels);
    if (isSplit) this.global(labels);
  }

  /** Names of the Services of the parts, in their order. */
  private get shardNames(): readonly string[] {
    return Array.from({ length: this.shards }, (_, shard) => `${this.name}-shard-${shard}`);
  }

  private service(metadata: ObjectMeta & { readonly name: string }, selector: Component['selector']): void {
    new KubeService(this, `service-${metadata.name}`, {
      metadata,
      spec: {
        selector,
        ports: [{ name: 'web', port: this.ports.web, targetPort: IntOrString.fromString('web') }],
        // A question and the next page of its answer go to the same one of several, whose samples have other times.
        sessionAffinity: 'ClientIP',
      },
    });
  }

  /** Lets it look for targets in one more namespace. */
  addNamespace(namespace: string): void {
    new Access(this, `discovery-${namespace}`, {
      account: { name: this.name, namespace: this.namespace },
      namespaced: { namespaces: [namespace], rules: discoveryAccess },
    });
  }

  /**
   * A job that finds its targets by asking the API server, over https. The token is that of the pod, which Kubernetes
   * renews.
   */
  addKubernetesJob(job: KubernetesJobProps): void {
    const { name, namespace } = this;
    new Access(this, `access-${job.name}`, {
      account: { name, namespace },
      purpose: job.name,
      cluster: job.access,
    });
    new ScrapeConfig(this, `job-${job.name}`, {
      metadata: {
        name: job.name,
        namespace,
        labels: {
          ...recommendedLabels({ name: job.name, component: 'scrape' }),
          ...selectedBy(prometheusName),
        },
      },
      spec: {
        jobName: job.name,
        scheme: 'HTTPS',
        scrapeClass:
          job.certificates === 'unchecked' ? `${clusterScrapeClass}-unverified` : clusterScrapeClass,
        ...(job.path && { metricsPath: job.path }),
        kubernetesSDConfigs: [
          {
            role: job.finds === 'nodes' ? 'Node' : 'Endpoints',
            ...(job.namespaces && { namespaces: { names: [...job.namespaces] } }),
          },
        ],
        ...(job.relabelings?.length && { relabelings: job.relabelings.map(relabeling) }),
        ...(job.metricRelabelings?.length && { metricRelabelings: job.metricRelabelings.map(relabeling) }),
      },
    });
  }

  /** What reads the targets, and evaluates the rules unless it is split. */
  private reader(labels: Record<string, string>): void {
    const own = { matchLabels: selectedBy(prometheusName) };
    new PrometheusResource(this, 'prometheus', {
      metadata: { name: prometheusName, namespace: this.namespace, labels },
      spec: {
        ...this.common(this.selector),
        shards: this.shards,
        serviceMonitorSelector: own,
        serviceMonitorNamespaceSelector: {},
        podMonitorSelector: own,
        podMonitorNamespaceSelector: {},
        // On a part of the targets a rule says something else: what is elsewhere is absent, and a sum is a part of it.
        ...(this.shards === 1 && { ruleSelector: own, ruleNamespaceSelector: {} }),
        scrapeConfigSelector: own,
        scrapeConfigNamespaceSelector: {},
        serviceDiscoveryRole: 'EndpointSlice',
        scrapeClasses: [
          {
            name: clusterScrapeClass,
            tlsConfig: { caFile: `${serviceAccount}/ca.crt` },
            authorization: { credentialsFile: `${serviceAccount}/token` },
          },
          {
            name: `${clusterScrapeClass}-unverified`,
            tlsConfig: { insecureSkipVerify: true },
            authorization: { credentialsFile: `${serviceAccount}/token` },
          },
        ],
      },
    });
  }

  /** What asks all parts, and reads nothing itself but those who watch: it has to miss a part that is lost. */
  private global(labels: Record<string, string>): void {
    new PrometheusResource(this, 'global', {
      metadata: { name: globalPrometheusName, namespace: this.namespace, labels },
      spec: {
        ...this.common(this.evaluator.selector),
        serviceMonitorSelector: { matchLabels: selectedBy(globalPrometheusName) },
        serviceMonitorNamespaceSelector: {},
        ruleSelector: { matchLabels: selectedBy(prometheusName) },
        ruleNamespaceSelector: {},
        serviceDiscoveryRole: 'EndpointSlice',
        remoteRead: this.shardNames.map((name) => ({
          name,
          url: `http://${name}.${this.namespace}.svc:${this.ports.web}/api/v1/read`,
          // It has none of their samples itself, however recent.
          readRecent: true,
          // A part that hangs must not hold up the evaluation of rules for a minute.
          remoteTimeout: '10s',
        })),
      },
    });
  }

  private common(pods: Component['selector']) {
    const { props } = this;
    const { environment } = props;
    const isSplit = this.shards > 1;
    return {
      image: images.prometheus,
      version: imageVersion(images.prometheus),
      podMetadata: {
        labels: { 'app.kubernetes.io/component': 'metrics', 'app.kubernetes.io/part-of': 'chatroom' },
      },
      serviceAccountName: this.name,
      replicas: props.replicas,
      retention: props.retention,
      ...(props.retentionSize && { retentionSize: props.retentionSize }),
      scrapeInterval: environment.scrapeInterval,
      evaluationInterval: environment.evaluationInterval,
      externalUrl: environment.urls.prometheus,
      externalLabels: { ...environment.externalLabels },
      // The environment's own labels tell installations apart; the replica label stays, and is dropped from alerts.
      prometheusExternalLabelName: '',
      // Whoever reads from another asks for series with its own external labels: no two may have one of their own.
      ...(isSplit && { replicaExternalLabelName: '' }),
      alerting: { alertmanagers: [{ ...props.alertmanager, apiVersion: 'v2' as const }] },
      ...(props.remoteWrite && { remoteWrite: [remoteWrite(props.remoteWrite, isSplit)] }),
      resources: plainResources(props.resources),
      securityContext: restrictedPod,
      ...(props.storage && { storage: volume(props.storage, props.storageClass) }),
      ...(props.replicas > 1 && { affinity: apart(pods, isSplit ? [shardLabel] : []) }),
    };
  }
}

/** The label by which prometheus-operator tells the pods of one part from those of another. */
const shardLabel = 'operator.prometheus.io/shard';

/** The labels that prometheus-operator gives the pods of a Prometheus, whatever we say. */
function podsOf(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/instance': name };
}

/** @param labelled - whether samples still need the label that tells the replicas apart */
function remoteWrite(
  { url, bearerToken }: NonNullable<PrometheusSettings['remoteWrite']>,
  labelled: boolean,
) {
  return {
    url,
    ...(bearerToken && {
      authorization: { credentials: { name: bearerToken.secret, key: bearerToken.key } },
    }),
    // What reloads the configuration puts the name of the pod in, here as in external labels.
    ...(labelled && {
      writeRelabelConfigs: [
        { action: 'replace' as const, targetLabel: 'prometheus_replica', replacement: '$(POD_NAME)' },
      ],
    }),
  };
}

function relabeling({ sourceLabels, ...step }: Relabeling) {
  // Without an action the definition fills one in.
  return { action: 'replace' as const, ...step, ...(sourceLabels && { sourceLabels: [...sourceLabels] }) };
}
