import { Chart, type App } from 'cdk8s';
import { Application, AppProject, type ApplicationSpec } from '../imports/argoproj.io';
import { operatorChart } from '../imports/operator-version';
import { recommendedLabels } from './component';
import { namespaces } from './environment';
import { images } from './images';
import { plainResources } from './resources';

export interface ArgoCdProps {
  /** Name of the environment, which is also its folder in dist/k8s. */
  readonly environment: string;
  /** Address, as git takes it, of the repository that holds this project or a fork of it. */
  readonly repository: string;
  /** Branch, tag or commit that is delivered. */
  readonly revision: string;
}

const cluster = 'https://kubernetes.default.svc';
const argoNamespace = 'argocd';
const operatorNamespace = 'prometheus-operator';

/**
 * Compares as the API server would apply: what it, or a definition, fills in of itself is then no difference, and
 * nothing is synced for ever. https://argo-cd.readthedocs.io/en/stable/user-guide/diff-strategies/
 */
const comparison = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' };

/** Sync as `kubectl apply --server-side` does, and again until the kinds that come in an earlier wave exist. */
const syncPolicy = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
  retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
} satisfies ApplicationSpec['syncPolicy'];

/**
 * What is wanted of the chart: prometheus-operator and its definitions. Everything else that it could bring is ours, or
 * watches parts of the cluster that belong to somebody else. The operator runs without a webhook of its own, since
 * what the webhook would refuse stops synthesis; no certificate has to be made and renewed for it.
 */
const operatorOnly = {
  crds: { enabled: true },
  prometheusOperator: {
    enabled: true,
    fullnameOverride: 'prometheus-operator',
    image: image(images.prometheusOperator),
    prometheusConfigReloader: {
      image: image(images.configReloader),
      resources: plainResources({ cpu: '10m', memory: '50Mi' }),
    },
    resources: plainResources({ cpu: '100m', memory: '256Mi' }),
    admissionWebhooks: { enabled: false },
    tls: { enabled: false },
    kubeletService: { enabled: false },
    serviceMonitor: { selfMonitor: false },
  },
  ...Object.fromEntries(
    [
      'prometheus',
      'alertmanager',
      'grafana',
      'thanosRuler',
      'kubeStateMetrics',
      'nodeExporter',
      'windowsMonitoring',
      'kubernetesServiceMonitors',
    ].map((part) => [part, { enabled: false }]),
  ),
  defaultRules: { create: false },
};

/** An image as charts want it, in three parts. */
function image(reference: string) {
  const [, registry, repository, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference) ?? [];
  return { registry, repository, tag };
}

/** @throws {Error} when git could not clone it */
function checkedRepository(repository: string): string {
  if (!/^(https?:\/\/|ssh:\/\/|git@)[^\s]+$/.test(repository)) {
    throw new Error(
      `repository "${repository}" is no address that Argo CD can clone: give one such as https://github.com/you/chatroom-monitoring`,
    );
  }
  return repository;
}

/** The one Application that is applied by hand: it brings the others, which bring everything. */
export class ArgoCdRoot extends Chart {
  constructor(app: App, { environment, repository, revision }: ArgoCdProps) {
    super(app, 'root');
    const name = `chatroom-${environment}`;
    new Application(this, 'root', {
      metadata: metadata(name, comparison),
      spec: {
        project: 'default',
        source: {
          repoURL: checkedRepository(repository),
          targetRevision: revision,
          path: `dist/k8s/argocd/${environment}/applications`,
        },
        destination: { server: cluster, namespace: argoNamespace },
        syncPolicy,
      },
    });
  }
}

/** What the root brings, in waves: first what defines kinds, then what uses them. */
export class ArgoCdApplications extends Chart {
  constructor(app: App, { environment, repository, revision }: ArgoCdProps) {
    super(app, 'applications');
    const project = `chatroom-${environment}`;
    new AppProject(this, 'project', {
      metadata: metadata(project, wave(0)),
      spec: {
        description: 'Chat-Room and its monitoring',
        sourceRepos: [checkedRepository(repository), operatorChart.repository],
        destinations: [...Object.values(namespaces), 'default', operatorNamespace].map((namespace) => ({
          server: cluster,
          namespace,
        })),
        clusterResourceWhitelist: [
          { group: '', kind: 'Namespace' },
          { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
          { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
          { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
        ],
      },
    });
    new Application(this, 'prometheus-operator', {
      metadata: metadata(`${project}-prometheus-operator`, { ...wave(1), ...comparison }),
      spec: {
        project,
        source: {
          repoURL: operatorChart.repository,
          chart: operatorChart.name,
          targetRevision: operatorChart.version,
          helm: { releaseName: 'prometheus-operator', valuesObject: operatorOnly },
        },
        destination: { server: cluster, namespace: operatorNamespace },
        syncPolicy: {
          ...syncPolicy,
          syncOptions: [...syncPolicy.syncOptions, 'CreateNamespace=true'],
        },
      },
    });
    new Application(this, 'chatroom', {
      metadata: metadata(`${project}-monitoring`, { ...wave(2), ...comparison }),
      spec: {
        project,
        source: { repoURL: repository, targetRevision: revision, path: `dist/k8s/${environment}` },
        destination: { server: cluster },
        syncPolicy,
      },
    });
  }
}

function wave(number: number) {
  return { 'argocd.argoproj.io/sync-wave': String(number) };
}

function metadata(name: string, annotations: Readonly<Record<string, string>>) {
  return {
    name,
    namespace: argoNamespace,
    labels: recommendedLabels({ name, component: 'delivery' }),
    annotations: { ...annotations },
  };
}
