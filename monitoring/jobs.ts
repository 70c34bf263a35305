import { job } from './model/scrape';
import { alertmanagerMetrics } from './metrics/alertmanager';
import { chatroomMetrics } from './metrics/chatroom';
import { chatroomDeliveryMetrics } from './metrics/chatroom-delivery';
import { chatroomProcessMetrics } from './metrics/chatroom-process';
import { chatroomWebhookMetrics } from './metrics/chatroom-webhook';
import { cadvisorMetrics, kubeletMetrics, kubeStateMetrics } from './metrics/kubernetes';
import { nginxMetrics } from './metrics/nginx';
import { nginxLogMetrics } from './metrics/nginx-log';
import { nodeMetrics } from './metrics/node';
import { nodejsMetrics } from './metrics/nodejs';
import { postgresMetrics } from './metrics/postgres';
import { prometheusMetrics } from './metrics/prometheus';
import { redisMetrics } from './metrics/redis';

/** Everything that is scraped, in the order in which it appears in every configuration. */
export const jobs = [
  job({
    name: 'chatroom-server',
    title: 'ChatRoomServer',
    noun: { zh: '聊天服务器', en: 'chat server' },
    service: 'chatroom',
    severity: 'critical',
    discovery: 'static',
    port: 8000,
    interval: '10s',
    timeout: '5s',
    metrics: [...chatroomMetrics, ...chatroomDeliveryMetrics, ...chatroomProcessMetrics, ...nodejsMetrics],
  }),
  job({
    name: 'node-exporter',
    title: 'NodeExporter',
    noun: { zh: '主机（node exporter）', en: 'host (node exporter)' },
    service: 'system',
    severity: 'critical',
    discovery: 'static',
    port: 9100,
    metrics: nodeMetrics,
  }),
  job({
    name: 'kubernetes-apiservers',
    title: 'KubernetesApiserver',
    noun: { zh: 'Kubernetes API 服务器', en: 'Kubernetes API server' },
    service: 'kubernetes',
    severity: 'critical',
    discovery: 'kubernetes-apiservers',
    port: 443,
    metrics: [],
  }),
  job({
    name: 'kube-state-metrics',
    title: 'KubeStateMetrics',
    noun: { zh: '集群状态采集器（kube-state-metrics）', en: 'cluster state exporter (kube-state-metrics)' },
    service: 'kubernetes',
    severity: 'warning',
    discovery: 'static',
    port: 8080,
    honorLabels: true,
    metrics: kubeStateMetrics,
  }),
  job({
    name: 'kubelet',
    title: 'Kubelet',
    noun: { zh: '节点代理（kubelet）', en: 'node agent (kubelet)' },
    service: 'kubernetes',
    severity: 'warning',
    discovery: 'kubernetes-nodes',
    port: 10250,
    metrics: kubeletMetrics,
  }),
  job({
    name: 'cadvisor',
    title: 'Cadvisor',
    noun: { zh: '容器用量采集器（kubelet 的 cAdvisor）', en: 'container meter (cAdvisor of a kubelet)' },
    service: 'kubernetes',
    severity: 'warning',
    discovery: 'kubernetes-nodes',
    port: 10250,
    path: '/metrics/cadvisor',
    ownNamespacesOnly: true,
    metrics: cadvisorMetrics,
  }),
  job({
    name: 'postgres-exporter',
    title: 'PostgresExporter',
    noun: { zh: 'PostgreSQL 采集器', en: 'PostgreSQL exporter' },
    service: 'postgresql',
    severity: 'critical',
    discovery: 'static',
    port: 9187,
    metrics: postgresMetrics,
  }),
  job({
    name: 'redis-exporter',
    title: 'RedisExporter',
    noun: { zh: 'Redis 采集器', en: 'Redis exporter' },
    service: 'redis',
    severity: 'critical',
    discovery: 'static',
    port: 9121,
    metrics: redisMetrics,
  }),
  job({
    name: 'nginx-exporter',
    title: 'NginxExporter',
    noun: { zh: 'nginx 采集器', en: 'nginx exporter' },
    service: 'nginx',
    severity: 'critical',
    discovery: 'static',
    port: 9113,
    metrics: nginxMetrics,
  }),
  job({
    name: 'nginx-log-exporter',
    title: 'NginxLogExporter',
    noun: { zh: 'nginx 日志采集器', en: 'nginx log exporter' },
    service: 'nginx',
    // Nobody outside notices, and the servers still say what they answer.
    severity: 'warning',
    discovery: 'static',
    port: 9117,
    metrics: nginxLogMetrics,
  }),
  job({
    name: 'chatroom-webhook',
    title: 'ChatRoomWebhook',
    noun: { zh: '聊天室告警机器人', en: 'chat room alert webhook' },
    service: 'monitoring',
    severity: 'warning',
    discovery: 'static',
    port: 8080,
    metrics: [...chatroomWebhookMetrics, ...nodejsMetrics],
  }),
  job({
    name: 'prometheus',
    title: 'Prometheus',
    noun: { zh: 'Prometheus 服务器', en: 'Prometheus server' },
    service: 'monitoring',
    severity: 'critical',
    discovery: 'static',
    port: 9090,
    metrics: prometheusMetrics,
  }),
  job({
    name: 'alertmanager',
    title: 'Alertmanager',
    noun: { zh: 'Alertmanager', en: 'Alertmanager' },
    service: 'monitoring',
    severity: 'critical',
    discovery: 'static',
    port: 9093,
    metrics: alertmanagerMetrics,
  }),
] as const;

export type Job = (typeof jobs)[number];
export type JobName = Job['name'];
