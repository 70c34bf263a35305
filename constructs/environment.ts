import type { Environment } from '../monitoring/environment';
import type { AlertmanagerSettings } from './alertmanager';
import type { DataStoreSettings } from './data-store';
import type { NetworkSettings, PodsOfOthers } from './network-flows';
import type { PrometheusSettings } from './prometheus';
import type { Resources } from './resources';
import type { Scale } from './workload';

/** Where everything lives; the names do not change with the environment. */
export const namespaces = {
  chatroom: 'chatroom',
  monitoring: 'monitoring',
  /** Apart, because node exporter cannot comply with Pod Security `restricted`. */
  nodes: 'node-exporter',
} as const;

/** One installation in a cluster: what is monitored and said, and how big everything is. */
export interface ClusterEnvironment {
  /** What is measured and said about it; its name is the folder in dist/k8s. */
  readonly monitoring: Environment;
  readonly chatRoom: {
    readonly scale: Scale;
    readonly resources: Resources;
    /** @default - the release this project was published with */
    readonly image?: string;
    /** @default 30 */
    readonly drainSeconds?: number;
  };
  readonly webhook: { readonly replicas: number; readonly resources: Resources };
  readonly gateway: {
    readonly scale: Scale;
    readonly resources: Resources;
    /** @default 300 */
    readonly drainSeconds?: number;
  };
  readonly postgresql: DataStoreSettings;
  readonly redis: DataStoreSettings;
  readonly prometheus: PrometheusSettings;
  readonly alertmanager: AlertmanagerSettings;
  readonly grafana: { readonly resources: Resources };
  /**
   * Somebody else's Prometheus, in place of Prometheus, Alertmanager and Grafana of ours, whose settings are not looked
   * at then; `monitoring` is made by {@link watchedByOthers}. @default - ours
   */
  readonly watchedBy?: OthersWhoWatch;
  /** What the network policies have to know about the cluster. @default - as kubeadm makes clusters, without an ingress */
  readonly network?: NetworkSettings;
  /** Takes mails and Slack messages in place of a mail server and of Slack. @default false */
  readonly notificationSink?: boolean;
}

/** A Prometheus that is there already, run by prometheus-operator, and is to read and judge what is ours. */
export interface OthersWhoWatch {
  readonly prometheus: PodsOfOthers & {
    /** Labels by which it selects ServiceMonitors and PrometheusRules. */
    readonly selects: Readonly<Record<string, string>>;
    /**
     * Its ServiceAccount, which is then allowed to look for targets in our namespace.
     * @default - it may look for them everywhere already
     */
    readonly serviceAccount?: string;
  };
  /** Who posts to the webhook of the chat room. @default - nobody */
  readonly alertmanager?: PodsOfOthers;
}

/** What is watched of a cluster besides its API servers. */
export interface ClusterMetrics {
  /** Pods, replicas, autoscalers, volumes, nodes and the memory of containers as Kubernetes knows them, with their alerts. @default false */
  readonly clusterMetrics?: boolean;
}

/**
 * An environment as it is inside a cluster: the API servers are watched, which Prometheus finds by itself, and the
 * webhook lives in a namespace that is not Alertmanager's.
 */
export function inCluster(environment: Environment, { clusterMetrics }: ClusterMetrics = {}): Environment {
  const { notifications, targets } = environment;
  return {
    ...environment,
    targets: {
      ...targets,
      'kubernetes-apiservers': ['kubernetes.default.svc:443'],
      'kube-state-metrics': clusterMetrics ? [`kube-state-metrics.${namespaces.monitoring}.svc:8080`] : false,
      kubelet: clusterMetrics ? ['kubernetes.default.svc:10250'] : false,
      cadvisor: clusterMetrics ? ['kubernetes.default.svc:10250'] : false,
    },
    namespaces: Object.values(namespaces),
    notifications: {
      ...notifications,
      chatroomWebhook: {
        ...notifications.chatroomWebhook,
        url: `http://chatroom-webhook.${namespaces.chatroom}.svc:8080/alerts`,
      },
    },
  };
}

/**
 * An environment in a cluster that is watched already: what is ours is read and judged; nodes, API servers, Kubernetes
 * itself and those who watch are somebody else's, with their alerts.
 */
export function watchedByOthers(environment: Environment): Environment {
  const inside = inCluster(environment);
  return {
    ...inside,
    targets: {
      ...inside.targets,
      'node-exporter': false,
      'kubernetes-apiservers': false,
      prometheus: false,
      alertmanager: false,
    },
  };
}
