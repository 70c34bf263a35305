import { Construct } from 'constructs';
import { Access, type AccessRule } from './access';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import { Workload } from './workload';

export interface KubeStateMetricsProps {
  readonly namespace: string;
  /** The namespaces whose objects it counts; it may see no other. */
  readonly watches: readonly string[];
  readonly flows: NetworkFlows;
}

/** Group and resources of each kind that it counts. */
const counted: readonly { readonly group: string; readonly resources: readonly string[] }[] = [
  { group: '', resources: ['pods'] },
  { group: 'apps', resources: ['daemonsets', 'deployments', 'statefulsets'] },
  { group: 'autoscaling', resources: ['horizontalpodautoscalers'] },
];

/** What counting takes: to list and to watch, in the watched namespaces. */
export const kubeStateMetricsAccess: readonly AccessRule[] = counted.map(({ group, resources }) => ({
  groups: [group],
  resources,
  verbs: ['list', 'watch'],
}));

/** Nodes belong to no namespace. */
export const nodeStateAccess: readonly AccessRule[] = [
  { groups: [''], resources: ['nodes'], verbs: ['list', 'watch'] },
];

/** Counts pods, replicas, autoscalers and nodes as Kubernetes knows them. */
export class KubeStateMetrics extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, { namespace, watches, flows }: KubeStateMetricsProps) {
    super(scope, id);
    this.workload = new Workload(this, 'server', {
      name: 'kube-state-metrics',
      namespace,
      component: 'exporter',
      user: 65534,
      apiAccess: true,
      containers: [
        {
          name: 'kube-state-metrics',
          image: images.kubeStateMetrics,
          args: [
            `--namespaces=${watches.join(',')}`,
            `--resources=${[...counted.flatMap(({ resources }) => resources), 'nodes'].join(',')}`,
            '--port=8080',
            '--telemetry-port=8081',
          ],
          ports: { metrics: 8080, telemetry: 8081 },
          readiness: { http: { path: '/readyz', port: 'telemetry' } },
          liveness: { http: { path: '/livez', port: 'metrics' } },
          resources: { cpu: '10m', memory: '128Mi' },
        },
      ],
    });
    new Access(this, 'access', {
      account: { name: this.workload.serviceAccount, namespace },
      cluster: nodeStateAccess,
      namespaced: { namespaces: watches, rules: kubeStateMetricsAccess },
    });
    flows.allow({
      from: this.workload,
      to: { outside: 'api-server' },
      ports: flows.apiServerPorts,
      purpose: 'watching objects',
    });
  }
}
