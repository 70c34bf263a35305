import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { nginxConnectionsAccepted, nginxConnectionsActive, nginxConnectionsHandled } from '../metrics/nginx';
import { clientsPerGateway } from '../gateway';
import { everyGatewayDown, nginxLastKnown } from '../outages';
import { outlivesConsequences } from './outlives-consequences';

export const nginxAlerts = [
  alert({
    name: 'NginxDown',
    severity: 'critical',
    service: 'nginx',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    // Where there are several, one that is down is no reason to say nothing of what users feel.
    expr: () => promql`${nginxLastKnown} == 0 and on (job) ${everyGatewayDown}`,
    summary: {
      zh: 'nginx 网关不可用（{{ $labels.instance }}）',
      en: 'nginx is down ({{ $labels.instance }})',
    },
    description: {
      zh: '采集器 {{ $labels.instance }} 已超过 1 分钟读不到 nginx 的状态页。经由这台 nginx 的用户进不来；若只有这一台，聊天室对外完全不可用。',
      en: 'The exporter {{ $labels.instance }} has failed to read the status page of nginx for more than a minute. Whoever comes by this nginx does not get in; where there is no other, the chat room is gone from outside.',
    },
  }),
  alert({
    name: 'NginxInstanceDown',
    severity: 'critical',
    service: 'nginx',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    expr: () => promql`${nginxLastKnown} == 0`,
    summary: {
      zh: '一台 nginx 不可用（{{ $labels.instance }}），其余的仍在服务',
      en: 'One nginx of several is down ({{ $labels.instance }})',
    },
    description: {
      zh: '采集器 {{ $labels.instance }} 已超过 1 分钟读不到 nginx 的状态页，而其他 nginx 仍在应答。经由它的用户会掉线重连，其余的要独自承担全部流量；再失去一台，就可能无人能进入。',
      en: 'The exporter {{ $labels.instance }} has failed to read the status page of nginx for more than a minute, while another nginx answers. Who came in by it is cut off and comes back by the others, which carry everything now; lose those, and nobody gets in.',
    },
  }),
  alert({
    name: 'NginxConnectionsDropped',
    severity: 'critical',
    service: 'nginx',
    for: '1m',
    threshold: 5,
    expr: (connections) => promql`
      increase(${series(nginxConnectionsAccepted)}[5m]) - increase(${series(nginxConnectionsHandled)}[5m]) > ${connections}`,
    summary: {
      zh: 'nginx 5 分钟内丢弃了 {{ $value | printf "%.0f" }} 个连接',
      en: 'nginx dropped {{ $value | printf "%.0f" }} connections in 5 minutes',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 nginx 在最近 5 分钟内接受后又立即关闭了 {{ $value | printf "%.0f" }} 个连接：worker_connections 已用尽，用户连不上。',
      en: 'Within 5 minutes nginx behind {{ $labels.instance }} accepted {{ $value | printf "%.0f" }} connections only to close them: its worker_connections are used up, and users cannot get in.',
    },
  }),
  alert({
    name: 'NginxConnectionsNearLimit',
    severity: 'warning',
    service: 'nginx',
    for: '5m',
    // nginx does not say what its limit is. An environment whose nginx was not configured here states its own figure.
    threshold: Math.floor(0.8 * clientsPerGateway),
    expr: (connections) => promql`${series(nginxConnectionsActive)} > ${connections}`,
    summary: {
      zh: 'nginx 连接接近上限：{{ $value | printf "%.0f" }} 个',
      en: 'nginx holds {{ $value | printf "%.0f" }} connections, close to its limit',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 nginx 有 {{ $value | printf "%.0f" }} 个客户端连接，已超过可承载数量的八成。用尽 worker_connections 之后，新用户会被直接断开。',
      en: 'nginx behind {{ $labels.instance }} holds {{ $value | printf "%.0f" }} client connections, more than four fifths of what it can carry. When worker_connections are used up, new users are cut off.',
    },
  }),
] as const;
