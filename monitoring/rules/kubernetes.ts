import {
  autoscalerCondition,
  autoscalerDesired,
  autoscalerMaximum,
  containerLastTerminatedReason,
  containerMemoryLimitBytes,
  containerMemoryRssBytes,
  containerRestartsTotal,
  containerWaitingReason,
  daemonSetUnavailable,
  deploymentReplicas,
  deploymentReplicasAvailable,
  nodeCondition,
  podDeletionTimestamp,
  podPhase,
  statefulSetReplicas,
  statefulSetReplicasReady,
  volumeAvailableBytes,
  volumeCapacityBytes,
  sidecarLastTerminatedReason,
  sidecarRestartsTotal,
  sidecarWaitingReason,
} from '../metrics/kubernetes';
import { promql, series } from '../model/promql';
import { alert } from '../model/rule';
import { outlivesConsequences } from './outlives-consequences';

/**
 * What Kubernetes itself knows of our pods. They are there only where an environment has the jobs: kube-state-metrics,
 * which counts in our namespaces alone, the kubelets, which know of everybody's, and their cAdvisors, of which only our
 * namespaces are kept.
 *
 * Throttling of processors is left out: our containers have no processor limit, and nothing to be throttled by.
 */

/** The namespaces that kube-state-metrics may see. */
const ours = promql`group by (namespace) (${series(podPhase)})`;

const missing = (workload: string, lacking: string) =>
  promql`label_replace(${lacking}, "workload", "$1", "${workload}", "(.+)")`;

export const kubernetesAlerts = [
  alert({
    name: 'KubeNodeNotReady',
    severity: 'critical',
    service: 'kubernetes',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    expr: () => promql`max by (node) (${series(nodeCondition, { condition: 'Ready', status: 'true' })}) == 0`,
    summary: { zh: '节点 {{ $labels.node }} 未就绪', en: 'Node {{ $labels.node }} is not ready' },
    description: {
      zh: 'Kubernetes 已超过 1 分钟没有得到该节点就绪的消息。五分钟后其上的 Pod 会被迁往别处；单副本和带卷的 Pod 在此之前不可用。',
      en: 'Kubernetes has not heard for more than a minute that the node is ready. Its pods are moved elsewhere after five minutes; those with one replica or a volume are away until then, or longer.',
    },
  }),
  alert({
    name: 'KubePodCrashLooping',
    severity: 'critical',
    service: 'kubernetes',
    for: '7m',
    // Between two crashes a container runs for a while; the last five minutes bridge that, and one crash alone is
    // forgotten before anybody is told.
    expr: () => promql`
      max by (namespace, pod, container) (
        max_over_time(${series(containerWaitingReason, { reason: 'CrashLoopBackOff' })}[5m])
          or max_over_time(${series(sidecarWaitingReason, { reason: 'CrashLoopBackOff' })}[5m])) >= 1`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 反复崩溃',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} keeps crashing',
    },
    description: {
      zh: '容器 {{ $labels.container }} 启动后不断退出，Kubernetes 正在延长每次重启之间的等待。',
      en: 'Container {{ $labels.container }} exits soon after every start, and Kubernetes waits longer and longer between starts.',
    },
  }),
  alert({
    name: 'KubeContainerOOMKilled',
    severity: 'warning',
    service: 'kubernetes',
    for: '1m',
    // The reason of the last end stays for ever; a restart within the last ten minutes makes it news.
    expr: () => promql`
      max by (namespace, pod, container) (
        ${series(containerLastTerminatedReason, { reason: 'OOMKilled' })}
          or ${series(sidecarLastTerminatedReason, { reason: 'OOMKilled' })}) == 1
      and max by (namespace, pod, container) (
        increase(${series(containerRestartsTotal)}[10m]) or increase(${series(sidecarRestartsTotal)}[10m])) > 0`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 因内存超限被终止',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} was killed for its memory',
    },
    description: {
      zh: '容器 {{ $labels.container }} 超过了内存上限，被内核终止并已重启。',
      en: 'Container {{ $labels.container }} went beyond its memory limit, was killed by the kernel and has been restarted.',
    },
  }),
  alert({
    name: 'KubeContainerMemoryNearLimit',
    severity: 'warning',
    service: 'kubernetes',
    for: '10m',
    threshold: 90,
    // Not the working set: it counts file caches, which fill any limit and are given back before anybody is killed.
    expr: (percent) => promql`
      100 * max by (namespace, pod, container) (${series(containerMemoryRssBytes, { container: /.+/ })})
        / (max by (namespace, pod, container) (${series(containerMemoryLimitBytes, { container: /.+/ })}) > 0)
        > ${percent}`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 的内存已达上限的 {{ $value | printf "%.0f" }}%',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} holds {{ $value | printf "%.0f" }} % of its memory limit',
    },
    description: {
      zh: '容器 {{ $labels.container }} 占用的内存（不含内核可回收的缓存）已有 10 分钟接近上限；到达上限时会被内核终止，连接随之中断。',
      en: 'For 10 minutes container {{ $labels.container }} has held nearly all the memory it may, not counting caches that the kernel can take back. At its limit it is killed, and its connections are cut.',
    },
  }),
  alert({
    name: 'KubePodPending',
    severity: 'warning',
    service: 'kubernetes',
    for: '15m',
    expr: () => promql`max by (namespace, pod) (${series(podPhase, { phase: 'Pending' })}) == 1`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 一直没有启动',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} does not start',
    },
    description: {
      zh: 'Pod 已等待 15 分钟：没有节点放得下它、卷没有绑定，或镜像拉取不到。',
      en: 'The pod has been waiting for 15 minutes: no node has room for it, its volume is not bound, or its image cannot be pulled.',
    },
  }),
  alert({
    name: 'KubePodStuckTerminating',
    severity: 'warning',
    service: 'kubernetes',
    for: '2m',
    threshold: 60,
    // The time of deletion is that of the request and the grace period after it: whoever drains for long has until then.
    expr: (seconds) => promql`
      max by (namespace, pod) (time() - ${series(podDeletionTimestamp)}) > ${seconds}`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.pod }} 超过宽限期仍未消失',
      en: '{{ $labels.namespace }}/{{ $labels.pod }} outlives its own deletion',
    },
    description: {
      zh: 'Pod 的宽限期已过 {{ $value | humanizeDuration }}，仍处于 Terminating：节点没有响应、卷无法卸载，或有终结器未完成。发布可能停在这里。',
      en: 'The grace period of the pod was over {{ $value | humanizeDuration }} ago and it is still terminating: its node does not answer, a volume does not come off, or a finalizer waits. A roll-out may wait for it.',
    },
  }),
  alert({
    name: 'KubeReplicasUnavailable',
    severity: 'warning',
    service: 'kubernetes',
    for: '15m',
    expr: () => promql`
      max by (namespace, workload) (
        ${missing('deployment', `${series(deploymentReplicas)} - ${series(deploymentReplicasAvailable)}`)}
        or ${missing('statefulset', `${series(statefulSetReplicas)} - ${series(statefulSetReplicasReady)}`)}
        or ${missing('daemonset', series(daemonSetUnavailable))}
      ) > 0`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.workload }} 缺少 {{ $value }} 个副本',
      en: '{{ $labels.namespace }}/{{ $labels.workload }} is short of {{ $value }} replicas',
    },
    description: {
      zh: '已经 15 分钟达不到期望的副本数：容量或冗余不足。',
      en: 'For 15 minutes it has had fewer ready pods than it should: capacity or redundancy is missing.',
    },
  }),
  alert({
    name: 'KubeAutoscalerAtMaximum',
    severity: 'warning',
    service: 'kubernetes',
    for: '15m',
    expr: () => promql`
      max by (namespace, horizontalpodautoscaler) (${series(autoscalerDesired)})
        >= max by (namespace, horizontalpodautoscaler) (${series(autoscalerMaximum)})`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} 已扩到上限 {{ $value }}',
      en: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} is at its maximum of {{ $value }}',
    },
    description: {
      zh: '自动扩缩已达上限 15 分钟，负载继续上升将得不到更多副本。',
      en: 'The autoscaler has been at its limit for 15 minutes; more load will find no more pods.',
    },
  }),
  alert({
    name: 'KubeAutoscalerUnable',
    severity: 'warning',
    service: 'kubernetes',
    for: '10m',
    expr: () => promql`
      max by (namespace, horizontalpodautoscaler, condition) (
        ${series(autoscalerCondition, { condition: /AbleToScale|ScalingActive/, status: 'true' })}) == 0`,
    summary: {
      zh: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} 无法扩缩',
      en: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} cannot scale',
    },
    description: {
      zh: '条件 {{ $labels.condition }} 已有 10 分钟不成立：多半是拿不到指标（metrics-server）或目标不存在。副本数停在现状，与负载无关。',
      en: 'Its condition {{ $labels.condition }} has not held for 10 minutes, mostly because metrics are missing (metrics-server) or its target is. The number of pods stays as it is, whatever the load.',
    },
  }),
  alert({
    name: 'KubePersistentVolumeFilling',
    severity: 'critical',
    service: 'kubernetes',
    for: '5m',
    threshold: 90,
    expr: (percent) => promql`
      100 * (1 - max by (namespace, persistentvolumeclaim) (${series(volumeAvailableBytes)})
        / (max by (namespace, persistentvolumeclaim) (${series(volumeCapacityBytes)}) > 0)) > ${percent}
      and on (namespace) ${ours}`,
    summary: {
      zh: '卷 {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} 已用 {{ $value | printf "%.0f" }}%',
      en: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is {{ $value | printf "%.0f" }} % full',
    },
    description: {
      zh: '写满之后，使用该卷的 Pod 将无法写入：数据库停止服务，Prometheus 停止记录。',
      en: 'When it is full the pod that uses it can write no more: a database stops serving, Prometheus stops recording.',
    },
  }),
] as const;
