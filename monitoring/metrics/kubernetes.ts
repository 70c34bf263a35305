import { counter, gauge } from '../model/metric';

/** What the rules use of kube-state-metrics: what Kubernetes knows of pods, replicas, autoscalers and nodes. */

const container = ['namespace', 'pod', 'container', 'uid'] as const;
const autoscaler = ['namespace', 'horizontalpodautoscaler'] as const;

export const containerWaitingReason = gauge({
  name: 'kube_pod_container_status_waiting_reason',
  help: 'Why a container does not run, such as CrashLoopBackOff; there is a series only while it waits.',
  labels: [...container, 'reason'],
});

export const containerLastTerminatedReason = gauge({
  name: 'kube_pod_container_status_last_terminated_reason',
  help: 'Why a container ended the last time, such as OOMKilled.',
  labels: [...container, 'reason'],
});

export const containerRestartsTotal = counter({
  name: 'kube_pod_container_status_restarts_total',
  help: 'How often a container was started again.',
  labels: container,
});

/** The same of sidecars, which to Kubernetes are initial containers that stay. */
export const sidecarWaitingReason = gauge({
  name: 'kube_pod_init_container_status_waiting_reason',
  help: 'Why a sidecar does not run, such as CrashLoopBackOff; there is a series only while it waits.',
  labels: [...container, 'reason'],
});

export const sidecarLastTerminatedReason = gauge({
  name: 'kube_pod_init_container_status_last_terminated_reason',
  help: 'Why a sidecar ended the last time, such as OOMKilled.',
  labels: [...container, 'reason'],
});

export const sidecarRestartsTotal = counter({
  name: 'kube_pod_init_container_status_restarts_total',
  help: 'How often a sidecar was started again.',
  labels: container,
});

export const podPhase = gauge({
  name: 'kube_pod_status_phase',
  help: '1 for the phase that a pod is in: Pending, Running, Succeeded, Failed or Unknown.',
  labels: ['namespace', 'pod', 'uid', 'phase'],
});

export const podDeletionTimestamp = gauge({
  name: 'kube_pod_deletion_timestamp',
  help: 'When a pod that is being deleted should be gone, its grace period included, in seconds since 1970.',
  labels: ['namespace', 'pod', 'uid'],
  onlyWhere: 'a pod is being deleted',
});

export const deploymentReplicas = gauge({
  name: 'kube_deployment_spec_replicas',
  help: 'Pods that a Deployment should have.',
  labels: ['namespace', 'deployment'],
});

export const deploymentReplicasAvailable = gauge({
  name: 'kube_deployment_status_replicas_available',
  help: 'Pods of a Deployment that are ready for traffic.',
  labels: ['namespace', 'deployment'],
});

export const statefulSetReplicas = gauge({
  name: 'kube_statefulset_replicas',
  help: 'Pods that a StatefulSet should have.',
  labels: ['namespace', 'statefulset'],
});

export const statefulSetReplicasReady = gauge({
  name: 'kube_statefulset_status_replicas_ready',
  help: 'Pods of a StatefulSet that are ready.',
  labels: ['namespace', 'statefulset'],
});

export const daemonSetUnavailable = gauge({
  name: 'kube_daemonset_status_number_unavailable',
  help: 'Nodes on which the pod of a DaemonSet should be available and is not.',
  labels: ['namespace', 'daemonset'],
});

export const autoscalerDesired = gauge({
  name: 'kube_horizontalpodautoscaler_status_desired_replicas',
  help: 'Pods that an autoscaler wants.',
  labels: autoscaler,
});

export const autoscalerMaximum = gauge({
  name: 'kube_horizontalpodautoscaler_spec_max_replicas',
  help: 'Pods that an autoscaler may want.',
  labels: autoscaler,
});

export const autoscalerCondition = gauge({
  name: 'kube_horizontalpodautoscaler_status_condition',
  help: '1 for the state (true, false, unknown) of each condition of an autoscaler.',
  labels: [...autoscaler, 'condition', 'status'],
});

export const nodeCondition = gauge({
  name: 'kube_node_status_condition',
  help: '1 for the state (true, false, unknown) of each condition of a node.',
  labels: ['node', 'condition', 'status'],
});

export const kubeStateMetrics = [
  containerWaitingReason,
  containerLastTerminatedReason,
  containerRestartsTotal,
  sidecarWaitingReason,
  sidecarLastTerminatedReason,
  sidecarRestartsTotal,
  podPhase,
  podDeletionTimestamp,
  deploymentReplicas,
  deploymentReplicasAvailable,
  statefulSetReplicas,
  statefulSetReplicasReady,
  daemonSetUnavailable,
  autoscalerDesired,
  autoscalerMaximum,
  autoscalerCondition,
  nodeCondition,
] as const;

/** What the rules use of the kubelets. */

const volume = ['namespace', 'persistentvolumeclaim'] as const;

export const volumeCapacityBytes = gauge({
  name: 'kubelet_volume_stats_capacity_bytes',
  help: 'Size of the volume behind a claim.',
  labels: volume,
});

export const volumeAvailableBytes = gauge({
  name: 'kubelet_volume_stats_available_bytes',
  help: 'What is left on the volume behind a claim.',
  labels: volume,
});

export const kubeletMetrics = [volumeCapacityBytes, volumeAvailableBytes] as const;

/** What the rules use of cAdvisor, which measures containers in every kubelet. */

const measured = ['namespace', 'pod', 'container', 'id', 'image', 'name'] as const;

export const containerMemoryRssBytes = gauge({
  name: 'container_memory_rss',
  help: 'Memory of a container that the kernel cannot take back: neither file caches nor mapped files.',
  labels: measured,
});

export const containerMemoryLimitBytes = gauge({
  name: 'container_spec_memory_limit_bytes',
  help: 'Memory at which a container is killed; 0 without a limit.',
  labels: measured,
});

export const cadvisorMetrics = [containerMemoryRssBytes, containerMemoryLimitBytes] as const;
