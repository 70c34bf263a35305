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
} from '../../../monitoring/metrics/kubernetes';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { flat, given, gone, nothing, type Given } from './given';

const job = { job: 'kube-state-metrics', instance: '10.0.0.9:8080' } as const;
const server = { namespace: 'chatroom', pod: 'chatroom-server-1' } as const;
const container = { ...server, container: 'chatroom-server', uid: '1' } as const;

const ready = (node: string, ...values: readonly string[]) =>
  given(series(nodeCondition, { ...job, node, condition: 'Ready', status: 'true' }), ...values);

export const nodeNotReady: AlertCases = {
  alert: 'KubeNodeNotReady',
  says: {
    labels: { node: 'node-2' },
    summary: { zh: '节点 node-2 未就绪', en: 'Node node-2 is not ready' },
    description: {
      zh: 'Kubernetes 已超过 1 分钟没有得到该节点就绪的消息。五分钟后其上的 Pod 会被迁往别处；单副本和带卷的 Pod 在此之前不可用。',
      en: 'Kubernetes has not heard for more than a minute that the node is ready. Its pods are moved elsewhere after five minutes; those with one replica or a volume are away until then, or longer.',
    },
  },
  fires: [
    {
      when: 'one of two nodes is lost, until three minutes after it is back',
      given: [ready('node-1', flat(1)), ready('node-2', flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '5m': 0, '7m': 1, '17m': 1, '19m': 0 },
    },
  ],
  silent: [
    { when: 'every node is ready', given: [ready('node-1', flat(1)), ready('node-2', flat(1))] },
    {
      when: 'a node is taken out of the cluster',
      given: [ready('node-1', flat(1)), ready('node-2', flat(1, '5m'), gone())],
    },
    { when: 'a heartbeat is late', given: [ready('node-1', flat(1, '5m'), flat(0, '30s'), flat(1))] },
  ],
};

const waiting = (reason: string, ...values: readonly string[]) =>
  given(series(containerWaitingReason, { ...job, ...container, reason }), ...values);
const sidecarWaiting = (reason: string, ...values: readonly string[]) =>
  given(series(sidecarWaitingReason, { ...job, ...container, reason }), ...values);

/** A container that runs for two minutes between crashes, during which it does not wait. */
const betweenCrashes = Array.from({ length: 8 }, () => [flat(1, '1m'), gone('2m')]).flat();

export const podCrashLooping: AlertCases = {
  alert: 'KubePodCrashLooping',
  says: {
    labels: { namespace: 'chatroom', pod: 'chatroom-server-1', container: 'chatroom-server' },
    summary: { zh: 'chatroom/chatroom-server-1 反复崩溃', en: 'chatroom/chatroom-server-1 keeps crashing' },
    description: {
      zh: '容器 chatroom-server 启动后不断退出，Kubernetes 正在延长每次重启之间的等待。',
      en: 'Container chatroom-server exits soon after every start, and Kubernetes waits longer and longer between starts.',
    },
  },
  fires: [
    {
      when: 'a container runs for two minutes between crashes, and ends when it no longer crashes',
      given: [waiting('CrashLoopBackOff', nothing('5m'), ...betweenCrashes)],
      counts: { '5m': 0, '11m': 0, '13m': 1, '25m': 1, '40m': 0 },
    },
    {
      when: 'a sidecar does',
      given: [sidecarWaiting('CrashLoopBackOff', nothing('5m'), ...betweenCrashes)],
      counts: { '11m': 0, '13m': 1, '40m': 0 },
    },
  ],
  silent: [
    { when: 'a container is being created', given: [waiting('ContainerCreating', flat(1))] },
    {
      when: 'a container crashes once for want of a peer, and then runs',
      given: [waiting('CrashLoopBackOff', nothing('5m'), flat(1, '15s'), gone())],
    },
  ],
};

const ended = (reason: string) =>
  given(series(containerLastTerminatedReason, { ...job, ...container, reason }), flat(1));
const restarts = (...values: readonly string[]) =>
  given(series(containerRestartsTotal, { ...job, ...container }), ...values);

export const containerOomKilled: AlertCases = {
  alert: 'KubeContainerOOMKilled',
  says: {
    labels: { namespace: 'chatroom', pod: 'chatroom-server-1', container: 'chatroom-server' },
    summary: {
      zh: 'chatroom/chatroom-server-1 因内存超限被终止',
      en: 'chatroom/chatroom-server-1 was killed for its memory',
    },
    description: {
      zh: '容器 chatroom-server 超过了内存上限，被内核终止并已重启。',
      en: 'Container chatroom-server went beyond its memory limit, was killed by the kernel and has been restarted.',
    },
  },
  fires: [
    {
      when: 'a container is killed once, for ten minutes',
      given: [ended('OOMKilled'), restarts(flat(0, '5m'), flat(1))],
      counts: { '5m': 0, '7m': 1, '14m': 1, '16m': 0 },
    },
    {
      when: 'a sidecar is',
      given: [
        given(series(sidecarLastTerminatedReason, { ...job, ...container, reason: 'OOMKilled' }), flat(1)),
        given(series(sidecarRestartsTotal, { ...job, ...container }), flat(0, '5m'), flat(1)),
      ],
      counts: { '5m': 0, '7m': 1, '16m': 0 },
    },
  ],
  silent: [
    { when: 'it was killed long ago', given: [ended('OOMKilled'), restarts(flat(3))] },
    { when: 'it ended by itself', given: [ended('Completed'), restarts(flat(0, '5m'), flat(1))] },
  ],
};

/** What cAdvisor says of a container; of the pod around it, it says the sum without a name. */
const measured = { job: 'cadvisor', instance: '10.0.0.3:10250', ...server, id: '/kubepods/1' } as const;
const memory = (limit: number, ...values: readonly string[]): readonly Given[] =>
  [
    { container: 'chatroom-server', image: 'chatroom:1', name: 'a' },
    { container: '', image: '', name: '' },
  ].flatMap((which) => [
    given(series(containerMemoryLimitBytes, { ...measured, ...which }), flat(limit)),
    given(series(containerMemoryRssBytes, { ...measured, ...which }), ...values),
  ]);

export const containerMemoryNearLimit: AlertCases = {
  alert: 'KubeContainerMemoryNearLimit',
  says: {
    labels: { namespace: 'chatroom', pod: 'chatroom-server-1', container: 'chatroom-server' },
    summary: {
      zh: 'chatroom/chatroom-server-1 的内存已达上限的 96%',
      en: 'chatroom/chatroom-server-1 holds 96 % of its memory limit',
    },
    description: {
      zh: '容器 chatroom-server 占用的内存（不含内核可回收的缓存）已有 10 分钟接近上限；到达上限时会被内核终止，连接随之中断。',
      en: 'For 10 minutes container chatroom-server has held nearly all the memory it may, not counting caches that the kernel can take back. At its limit it is killed, and its connections are cut.',
    },
  },
  fires: [
    {
      when: 'a leak comes near the limit, until the container is started anew',
      given: memory(500, flat(400, '5m'), flat(480, '20m'), flat(100)),
      counts: { '14m': 0, '16m': 1, '24m': 1, '26m': 0 },
    },
  ],
  silent: [
    { when: 'nine tenths are in use, which is the threshold itself', given: memory(500, flat(450)) },
    { when: 'there is no limit', given: memory(0, flat(480)) },
    { when: 'a peak lasts five minutes', given: memory(500, flat(300, '5m'), flat(490, '5m'), flat(300)) },
  ],
};

const phase = (pod: string, name: string, ...values: readonly string[]) =>
  given(series(podPhase, { ...job, namespace: 'chatroom', pod, uid: pod, phase: name }), ...values);

export const podPending: AlertCases = {
  alert: 'KubePodPending',
  says: {
    labels: server,
    summary: {
      zh: 'chatroom/chatroom-server-1 一直没有启动',
      en: 'chatroom/chatroom-server-1 does not start',
    },
    description: {
      zh: 'Pod 已等待 15 分钟：没有节点放得下它、卷没有绑定，或镜像拉取不到。',
      en: 'The pod has been waiting for 15 minutes: no node has room for it, its volume is not bound, or its image cannot be pulled.',
    },
  },
  fires: [
    {
      when: 'no node has room for one of two pods, and ends when one has',
      given: [
        phase('chatroom-server-1', 'Pending', flat(1, '25m'), flat(0)),
        phase('chatroom-server-2', 'Pending', flat(0)),
      ],
      counts: { '14m': 0, '16m': 1, '24m': 1, '26m': 0 },
    },
  ],
  silent: [
    { when: 'a pod runs', given: [phase('chatroom-server-1', 'Running', flat(1))] },
    {
      when: 'a large image takes ten minutes',
      given: [phase('chatroom-server-1', 'Pending', flat(1, '10m'), flat(0))],
    },
  ],
};

const deployment = { ...job, namespace: 'chatroom', deployment: 'chatroom-server' } as const;
const stateful = { ...job, namespace: 'chatroom', statefulset: 'redis' } as const;
const replicas = (wanted: number, ...available: readonly string[]): readonly Given[] => [
  given(series(deploymentReplicas, deployment), flat(wanted)),
  given(series(deploymentReplicasAvailable, deployment), ...available),
];

const deletion = (...values: readonly string[]) =>
  given(series(podDeletionTimestamp, { ...job, ...server, uid: '1' }), ...values);

export const podStuckTerminating: AlertCases = {
  alert: 'KubePodStuckTerminating',
  says: {
    labels: { namespace: 'chatroom', pod: 'chatroom-server-1' },
    summary: {
      zh: 'chatroom/chatroom-server-1 超过宽限期仍未消失',
      en: 'chatroom/chatroom-server-1 outlives its own deletion',
    },
    description: {
      zh: 'Pod 的宽限期已过 3m 40s，仍处于 Terminating：节点没有响应、卷无法卸载，或有终结器未完成。发布可能停在这里。',
      en: 'The grace period of the pod was over 3m 40s ago and it is still terminating: its node does not answer, a volume does not come off, or a finalizer waits. A roll-out may wait for it.',
    },
  },
  fires: [
    {
      when: 'a pod with 80 seconds of grace, deleted after five minutes, is there until the fifteenth',
      given: [deletion(nothing('5m'), flat(380, '10m'), gone())],
      counts: { '9m': 0, '10m': 1, '16m': 0 },
    },
  ],
  silent: [
    {
      when: 'it takes all of its grace and is gone',
      given: [deletion(nothing('5m'), flat(380, '90s'), gone())],
    },
    { when: 'nothing is being deleted', given: [] },
  ],
};

export const replicasUnavailable: AlertCases = {
  alert: 'KubeReplicasUnavailable',
  says: {
    labels: { namespace: 'chatroom', workload: 'chatroom-server' },
    summary: {
      zh: 'chatroom/chatroom-server 缺少 2 个副本',
      en: 'chatroom/chatroom-server is short of 2 replicas',
    },
    description: {
      zh: '已经 15 分钟达不到期望的副本数：容量或冗余不足。',
      en: 'For 15 minutes it has had fewer ready pods than it should: capacity or redundancy is missing.',
    },
  },
  fires: [
    {
      when: 'two of three pods do not become ready',
      given: replicas(3, flat(3, '5m'), flat(1, '20m'), flat(3)),
      counts: { '19m': 0, '21m': 1, '26m': 0 },
    },
    {
      when: 'a store and an agent lack one each, once for each',
      given: [
        given(series(statefulSetReplicas, stateful), flat(1)),
        given(series(statefulSetReplicasReady, stateful), flat(0)),
        given(
          series(daemonSetUnavailable, { ...job, namespace: 'node-exporter', daemonset: 'node-exporter' }),
          flat(1),
        ),
      ],
      counts: { '14m': 0, '16m': 2 },
    },
  ],
  silent: [
    { when: 'every pod is ready', given: replicas(3, flat(3)) },
    { when: 'a roll-out takes ten minutes', given: replicas(3, flat(3, '5m'), flat(2, '10m'), flat(3)) },
    { when: 'more are there than are wanted', given: replicas(3, flat(4)) },
  ],
};

const autoscaler = { ...job, namespace: 'chatroom', horizontalpodautoscaler: 'chatroom-server' } as const;
const scaled = (maximum: number, ...desired: readonly string[]): readonly Given[] => [
  given(series(autoscalerMaximum, autoscaler), flat(maximum)),
  given(series(autoscalerDesired, autoscaler), ...desired),
];

export const autoscalerAtMaximum: AlertCases = {
  alert: 'KubeAutoscalerAtMaximum',
  says: {
    labels: { namespace: 'chatroom', horizontalpodautoscaler: 'chatroom-server' },
    summary: {
      zh: 'chatroom/chatroom-server 已扩到上限 12',
      en: 'chatroom/chatroom-server is at its maximum of 12',
    },
    description: {
      zh: '自动扩缩已达上限 15 分钟，负载继续上升将得不到更多副本。',
      en: 'The autoscaler has been at its limit for 15 minutes; more load will find no more pods.',
    },
  },
  fires: [
    {
      when: 'as many are wanted as there may be',
      given: scaled(12, flat(11, '5m'), flat(12, '20m'), flat(4)),
      counts: { '19m': 0, '21m': 1, '26m': 0 },
    },
  ],
  silent: [
    { when: 'one more is possible', given: scaled(12, flat(11)) },
    { when: 'a peak lasts ten minutes', given: scaled(12, flat(11, '5m'), flat(12, '10m'), flat(11)) },
  ],
};

const able = (condition: string, ...values: readonly string[]) =>
  given(series(autoscalerCondition, { ...autoscaler, condition, status: 'true' }), ...values);

export const autoscalerUnable: AlertCases = {
  alert: 'KubeAutoscalerUnable',
  says: {
    labels: { namespace: 'chatroom', horizontalpodautoscaler: 'chatroom-server', condition: 'ScalingActive' },
    summary: { zh: 'chatroom/chatroom-server 无法扩缩', en: 'chatroom/chatroom-server cannot scale' },
    description: {
      zh: '条件 ScalingActive 已有 10 分钟不成立：多半是拿不到指标（metrics-server）或目标不存在。副本数停在现状，与负载无关。',
      en: 'Its condition ScalingActive has not held for 10 minutes, mostly because metrics are missing (metrics-server) or its target is. The number of pods stays as it is, whatever the load.',
    },
  },
  fires: [
    {
      when: 'it gets no figures to decide by',
      given: [able('AbleToScale', flat(1)), able('ScalingActive', flat(1, '5m'), flat(0, '15m'), flat(1))],
      counts: { '14m': 0, '16m': 1, '21m': 0 },
    },
  ],
  silent: [
    { when: 'it can work', given: [able('AbleToScale', flat(1)), able('ScalingActive', flat(1))] },
    { when: 'it is not held back by a limit', given: [able('ScalingLimited', flat(0))] },
    { when: 'figures are late', given: [able('ScalingActive', flat(1, '5m'), flat(0, '5m'), flat(1))] },
  ],
};

const claim = (namespace: string) => ({
  job: 'kubelet',
  instance: 'node-1',
  namespace,
  persistentvolumeclaim: 'data-postgresql-0',
});
const volume = (namespace: string, ...available: readonly string[]): readonly Given[] => [
  given(series(volumeCapacityBytes, claim(namespace)), flat(1000)),
  given(series(volumeAvailableBytes, claim(namespace)), ...available),
  phase('chatroom-server-1', 'Running', flat(1)),
];

export const persistentVolumeFilling: AlertCases = {
  alert: 'KubePersistentVolumeFilling',
  says: {
    labels: { namespace: 'chatroom', persistentvolumeclaim: 'data-postgresql-0' },
    summary: {
      zh: '卷 chatroom/data-postgresql-0 已用 95%',
      en: 'Volume chatroom/data-postgresql-0 is 95 % full',
    },
    description: {
      zh: '写满之后，使用该卷的 Pod 将无法写入：数据库停止服务，Prometheus 停止记录。',
      en: 'When it is full the pod that uses it can write no more: a database stops serving, Prometheus stops recording.',
    },
  },
  fires: [
    {
      when: 'one twentieth is left, and ends when the volume is made larger',
      given: volume('chatroom', flat(500, '5m'), flat(50, '20m'), flat(500)),
      counts: { '9m': 0, '11m': 1, '24m': 1, '26m': 0 },
    },
  ],
  silent: [
    { when: 'a tenth is left, which is the threshold itself', given: volume('chatroom', flat(100)) },
    { when: "it is somebody else's volume on the same node", given: volume('shop', flat(10)) },
  ],
};
