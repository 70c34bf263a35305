import type { JobName } from '../../../monitoring/jobs';
import { websocketConnectionsActive } from '../../../monitoring/metrics/chatroom';
import { up } from '../../../monitoring/metrics/target';
import { series } from '../../../monitoring/model/promql';
import type { Text } from '../../../monitoring/model/text';
import type { AlertName } from '../../../monitoring/rules';
import type { AlertCases, Firing } from './case';
import { flat, given, gone, nothing } from './given';

/** Every job, with what people call its targets. */
const targets: Readonly<Record<JobName, { readonly title: string; readonly noun: Text }>> = {
  'chatroom-server': { title: 'ChatRoomServer', noun: { zh: '聊天服务器', en: 'chat server' } },
  'node-exporter': {
    title: 'NodeExporter',
    noun: { zh: '主机（node exporter）', en: 'host (node exporter)' },
  },
  'kubernetes-apiservers': {
    title: 'KubernetesApiserver',
    noun: { zh: 'Kubernetes API 服务器', en: 'Kubernetes API server' },
  },
  'kube-state-metrics': {
    title: 'KubeStateMetrics',
    noun: { zh: '集群状态采集器（kube-state-metrics）', en: 'cluster state exporter (kube-state-metrics)' },
  },
  kubelet: { title: 'Kubelet', noun: { zh: '节点代理（kubelet）', en: 'node agent (kubelet)' } },
  cadvisor: {
    title: 'Cadvisor',
    noun: { zh: '容器用量采集器（kubelet 的 cAdvisor）', en: 'container meter (cAdvisor of a kubelet)' },
  },
  'postgres-exporter': {
    title: 'PostgresExporter',
    noun: { zh: 'PostgreSQL 采集器', en: 'PostgreSQL exporter' },
  },
  'redis-exporter': { title: 'RedisExporter', noun: { zh: 'Redis 采集器', en: 'Redis exporter' } },
  'nginx-exporter': { title: 'NginxExporter', noun: { zh: 'nginx 采集器', en: 'nginx exporter' } },
  'nginx-log-exporter': {
    title: 'NginxLogExporter',
    noun: { zh: 'nginx 日志采集器', en: 'nginx log exporter' },
  },
  'chatroom-webhook': {
    title: 'ChatRoomWebhook',
    noun: { zh: '聊天室告警机器人', en: 'chat room alert webhook' },
  },
  prometheus: { title: 'Prometheus', noun: { zh: 'Prometheus 服务器', en: 'Prometheus server' } },
  alertmanager: { title: 'Alertmanager', noun: { zh: 'Alertmanager', en: 'Alertmanager' } },
};

/** A killed server takes its own metrics along: the document's ten alerts all fell silent. */
const killedServer: Firing = {
  when: 'the only server is killed and takes its series along',
  given: [
    given(series(up, { job: 'chatroom-server', instance: 'chat-1:8000' }), flat(1, '5m'), flat(0)),
    given(
      series(websocketConnectionsActive, { job: 'chatroom-server', instance: 'chat-1:8000' }),
      flat(1400, '5m'),
      gone(),
    ),
  ],
  counts: { '5m': 0, '6m': 1 },
  others: { ChatRoomHighConcurrentConnections: { '4m': 1, '6m': 0 } },
};

export const targetCases: readonly AlertCases[] = Object.entries(targets).flatMap(
  ([name, { title, noun }]) => {
    const job = name as JobName;
    const instance = (host: string) => ({ job, instance: host });
    const target = (host: string, ...values: readonly string[]) =>
      given(series(up, instance(host)), ...values);
    const down: AlertCases = {
      alert: `${title}Down` as AlertName,
      says: {
        labels: instance('host-2:1'),
        summary: { zh: `${noun.zh} host-2:1 无响应`, en: `The ${noun.en} host-2:1 does not answer` },
        description: {
          zh: `Prometheus 已超过 1 分钟无法抓取 host-2:1（任务 ${job}）。进程可能已退出、卡死或网络不通；在恢复之前，依赖其指标的告警无法判断。`,
          en: `Prometheus has failed to scrape host-2:1 (job ${job}) for more than a minute. The process may have died, hang or be unreachable; until it is back, alerts that need its metrics are blind.`,
        },
      },
      fires: [
        {
          when: 'one of two targets is killed, and ends three minutes after it is back',
          given: [target('host-1:1', flat(1)), target('host-2:1', flat(1, '5m'), flat(0, '10m'), flat(1))],
          counts: { '5m': 0, '6m': 1, '14m': 1, '17m': 1, '19m': 0 },
        },
        {
          when: 'all targets are killed, once for each',
          given: [target('host-1:1', flat(0)), target('host-2:1', flat(0))],
          counts: { '45s': 0, '1m': 2 },
        },
        ...(job === 'chatroom-server' ? [killedServer] : []),
      ],
      silent: [
        { when: 'every target answers', given: [target('host-1:1', flat(1)), target('host-2:1', flat(1))] },
        {
          when: 'three scrapes in a row fail',
          given: [target('host-1:1', flat(1, '5m'), flat(0, '45s'), flat(1))],
        },
        {
          when: 'a target is taken out of service',
          given: [target('host-1:1', flat(1)), target('host-2:1', flat(1, '5m'), gone())],
        },
      ],
    };
    // Whoever makes promises is missed sooner, and until what was concluded from that is forgotten.
    const promises = job === 'chatroom-server';
    const minutes = promises ? 2 : 5;
    const absent: AlertCases = {
      alert: `${title}Absent` as AlertName,
      says: {
        labels: { job },
        summary: { zh: `监控目标中没有任何${noun.zh}`, en: `Prometheus knows no ${noun.en} at all` },
        description: {
          zh: `任务 ${job} 在服务发现中已 ${minutes} 分钟没有任何目标：它可能被删除、缩容到零，或抓取配置被改坏。没有目标就没有告警。`,
          en: `Service discovery has found no target for job ${job} for ${minutes} minutes: it was removed, scaled to zero, or the scrape configuration is broken. Without a target no other alert about it can fire.`,
        },
      },
      fires: [
        {
          when: 'the last target is taken out of service, and ends when one is there again',
          given: [target('host-1:1', flat(1, '5m'), gone('10m'), flat(1))],
          counts: promises
            ? { '5m': 0, '6m': 0, '7m': 1, '15m': 1, '17m': 0 }
            : { '5m': 0, '9m': 0, '10m': 1, '14m': 1, '15m': 0 },
        },
      ],
      silent: [
        { when: 'a target is there and answers', given: [target('host-1:1', flat(1))] },
        { when: 'a target is there and does not answer', given: [target('host-1:1', flat(0))] },
        {
          when: `the last target is replaced within ${promises ? 'a minute and a half' : 'four minutes'}`,
          given: [
            target('host-1:1', flat(1, '5m'), gone()),
            target('host-2:1', nothing(promises ? '390s' : '9m'), flat(1)),
          ],
        },
      ],
    };
    return [down, absent];
  },
);
