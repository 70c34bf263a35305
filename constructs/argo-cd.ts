import { Chart, type App } from 'cdk8s';
import { Application, AppProject, type ApplicationSpec } from '../imports/argoproj.io';
import { operatorVersion } from '../imports/operator-version';
import { recommendedLabels } from './component';
import { namespaces } from './environment';

export interface ArgoCdProps {
  /** Name of the environment, which is also its folder in dist/k8s. */
  readonly environment: string;
  /** Repository that holds this project, or a fork of it. */
  readonly repository: string;
  /** Branch, tag or commit that is delivered. */
  readonly revision: string;
}

const cluster = 'https://kubernetes.default.svc';
const argoNamespace = 'argocd';
const operatorNamespace = 'prometheus-operator';
const operatorRepository = 'https://github.com/prometheus-operator/prometheus-operator';

/** Sync as `kubectl apply --server-side` does, and again until the kinds that come in an earlier wave exist. */
const syncPolicy = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
  retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
} satisfies ApplicationSpec['syncPolicy'];

/** The one Application that is applied by hand: it brings the others, which bring everything. */
export class ArgoCdRoot extends Chart {
  constructor(app: App, { environment, repository, revision }: ArgoCdProps) {
    super(app, 'root');
    const name = `chatroom-${environment}`;
    new Application(this, 'root', {
      metadata: metadata(name),
      spec: {
        project: 'default',
        source: {
          repoURL: repository,
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
      metadata: metadata(project, 0),
      spec: {
        description: 'Chat-Room and its monitoring',
        sourceRepos: [repository, operatorRepository],
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
      metadata: metadata(`${project}-prometheus-operator`, 1),
      spec: {
        project,
        source: {
          repoURL: operatorRepository,
          targetRevision: `v${operatorVersion}`,
          path: '.',
          kustomize: { namespace: operatorNamespace },
        },
        destination: { server: cluster, namespace: operatorNamespace },
        syncPolicy: {
          ...syncPolicy,
          syncOptions: [...syncPolicy.syncOptions, 'CreateNamespace=true'],
        },
      },
    });
    new Application(this, 'chatroom', {
      metadata: metadata(`${project}-monitoring`, 2),
      spec: {
        project,
        source: { repoURL: repository, targetRevision: revision, path: `dist/k8s/${environment}` },
        destination: { server: cluster },
        syncPolicy,
      },
    });
  }
}

function metadata(name: string, wave?: number) {
  return {
    name,
    namespace: argoNamespace,
    labels: recommendedLabels({ name, component: 'delivery' }),
    ...(wave !== undefined && { annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } }),
  };
}
