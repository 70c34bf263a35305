import type { Environment } from '../monitoring/environment';
import { inLocale, type Text } from '../monitoring/model/text';
import type { RuleGroup } from '../monitoring/render/rules';

/**
 * What Kubernetes itself knows about our pods, as kube-state-metrics and the kubelets tell it. These alerts exist only
 * where there is a cluster; a machine without one has no such metrics, so that they are not part of the catalogue.
 */
interface ClusterAlert {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly for: `${number}m`;
  /** `namespaces` is a matcher value such as `chatroom|monitoring`. */
  readonly expr: (namespaces: string) => string;
  readonly summary: Text;
  readonly description: Text;
}

const alerts: readonly ClusterAlert[] = [
  {
    name: 'KubePodCrashLooping',
    severity: 'critical',
    for: '5m',
    expr: (namespaces) =>
      `max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff", namespace=~"${namespaces}"}[5m])) >= 1`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 反复崩溃',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} keeps crashing',
    },
    description: {
      zh: '容器 {{ $labels.container }} 启动后不断退出，Kubernetes 正在延长每次重启之间的等待。',
      en: 'Container {{ $labels.container }} exits soon after every start, and Kubernetes waits longer and longer between starts.',
    },
  },
  {
    name: 'KubeContainerOOMKilled',
    severity: 'warning',
    for: '0m',
    // The reason of the last end stays for ever; a restart within the last ten minutes makes it news.
    expr: (namespaces) =>
      `max by (namespace, pod, container) (kube_pod_container_status_last_terminated_reason{reason="OOMKilled", namespace=~"${namespaces}"}) == 1 and on (namespace, pod, container) max by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{namespace=~"${namespaces}"}[10m])) > 0`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 因内存超限被终止',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} was killed for its memory',
    },
    description: {
      zh: '容器 {{ $labels.container }} 超过了内存上限，被内核终止并已重启。',
      en: 'Container {{ $labels.container }} went beyond its memory limit, was killed by the kernel and has been restarted.',
    },
  },
  {
    name: 'KubeReplicasUnavailable',
    severity: 'warning',
    for: '15m',
    expr: (namespaces) =>
      [
        `label_replace(kube_deployment_spec_replicas{namespace=~"${namespaces}"} - kube_deployment_status_replicas_available{namespace=~"${namespaces}"}, "workload", "$1", "deployment", "(.+)") > 0`,
        `label_replace(kube_statefulset_replicas{namespace=~"${namespaces}"} - kube_statefulset_status_replicas_ready{namespace=~"${namespaces}"}, "workload", "$1", "statefulset", "(.+)") > 0`,
        `label_replace(kube_daemonset_status_number_unavailable{namespace=~"${namespaces}"}, "workload", "$1", "daemonset", "(.+)") > 0`,
      ].join(' or '),
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.workload }} 缺少 {{ $value }} 个副本',
      en: '{{ $labels.namespace }}/{{ $labels.workload }} is short of {{ $value }} replicas',
    },
    description: {
      zh: '已经 15 分钟达不到期望的副本数：容量或冗余不足。',
      en: 'For 15 minutes it has had fewer ready pods than it should: capacity or redundancy is missing.',
    },
  },
  {
    name: 'KubeAutoscalerAtMaximum',
    severity: 'warning',
    for: '15m',
    expr: (namespaces) =>
      `kube_horizontalpodautoscaler_status_desired_replicas{namespace=~"${namespaces}"} >= kube_horizontalpodautoscaler_spec_max_replicas{namespace=~"${namespaces}"}`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} 已扩到上限 {{ $value }}',
      en: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} is at its maximum of {{ $value }}',
    },
    description: {
      zh: '自动扩缩已达上限 15 分钟，负载继续上升将得不到更多副本。',
      en: 'The autoscaler has been at its limit for 15 minutes; more load will find no more pods.',
    },
  },
  ...['kube-state-metrics', 'kubelet'].map((job): ClusterAlert => ({
    name: job === 'kubelet' ? 'KubeletMetricsAbsent' : 'KubeStateMetricsAbsent',
    severity: 'warning',
    for: '5m',
    expr: () => `absent(up{job="${job}"} == 1)`,
    summary: { zh: `${job} 没有数据`, en: `There is no data from ${job}` },
    description: {
      zh: '关于 Pod 的告警此刻都看不见任何问题。',
      en: 'Alerts about pods see no problem at all while this lasts.',
    },
  })),
];

/** Names of the alerts, each with a page in docs/runbooks/kubernetes. */
export const clusterAlertNames = alerts.map(({ name }) => name);

/** The alerts as a rule group, about the pods of these namespaces. */
export function clusterAlertGroup({ locale, urls }: Environment, namespaces: readonly string[]): RuleGroup {
  const matcher = namespaces.join('|');
  return {
    name: 'kubernetes',
    rules: alerts.map((alert) => ({
      alert: alert.name,
      expr: alert.expr(matcher),
      for: alert.for,
      labels: { severity: alert.severity, service: 'kubernetes' },
      annotations: {
        summary: inLocale(alert.summary, locale),
        description: inLocale(alert.description, locale),
        runbook_url: `${urls.runbooks}/kubernetes/${alert.name}.md`,
      },
    })),
  };
}
