import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { draining } from '../metrics/chatroom-process';
import {
  httpRequestsTotal,
  websocketConnectionsActive,
  websocketConnectionsTotal,
  websocketDisconnectionsTotal,
} from '../metrics/chatroom';
import { ofUsers } from '../metrics/requests-of-users';

/** Below these figures a share is a matter of a few people, not of the service. */
const stormFloor = 120;
const cliffFloor = 50;
const replicaFloor = 200;
const slowClientFloor = 10;

const active = series(websocketConnectionsActive);
const newPerMinute = promql`60 * sum by (job) (rate(${series(websocketConnectionsTotal)}[2m]))`;

const requests = (at: string) => promql`sum by (job) (rate(${series(httpRequestsTotal, ofUsers)}[2m]${at}))`;

/** What the other replicas of a job carry on average, for each replica; nothing where there is only one. */
const peers = promql`
  (sum by (job) (${active}) - on (job) group_right () sum by (job, instance) (${active}))
    / on (job) group_left () (count by (job) (${active}) - 1 > 0)`;

export const chatroomConnectionAlerts = [
  alert({
    name: 'ChatRoomReconnectStorm',
    severity: 'critical',
    service: 'chatroom',
    for: '2m',
    threshold: 0.5,
    // One rolling restart makes everybody reconnect once, which the two minutes outlast; a storm goes on.
    expr: (share) => promql`
      ${newPerMinute} / clamp_min(sum by (job) (${active}), 1) > ${share}
      and on (job) ${newPerMinute} >= ${stormFloor}`,
    summary: {
      zh: '重连风暴：每分钟新建的连接是现有连接的 {{ $value | printf "%.1f" }} 倍',
      en: 'Reconnect storm: every minute {{ $value | printf "%.1f" }} times as many connections as are open',
    },
    description: {
      zh: '过去 2 分钟内，每分钟新建的 WebSocket 连接是当前连接数的 {{ $value | printf "%.1f" }} 倍，客户端被反复断开又重连，用户不断掉线，握手还会拖垮服务器。',
      en: 'Over the last 2 minutes clients opened {{ $value | printf "%.1f" }} times as many WebSocket connections a minute as stay open. They are thrown out and come back; users keep dropping out, and the handshakes alone can bring the servers down.',
    },
  }),
  alert({
    name: 'ChatRoomConnectionsCliff',
    severity: 'critical',
    service: 'chatroom',
    for: '2m',
    threshold: 0.5,
    // Everybody going home takes the HTTP traffic along; WebSockets alone do not go home.
    expr: (share) => promql`
      1 - sum by (job) (${active}) / (sum by (job) (${active} offset 10m) >= ${cliffFloor}) > ${share}
      unless on (job) ${requests('')} < 0.5 * ${requests(' offset 10m')}`,
    summary: {
      zh: 'WebSocket 连接骤降：10 分钟内失去 {{ $value | humanizePercentage }}',
      en: '{{ $value | humanizePercentage }} of the WebSocket connections were lost within 10 minutes',
    },
    description: {
      zh: '与 10 分钟前相比，WebSocket 连接减少了 {{ $value | humanizePercentage }}，而 HTTP 请求量基本正常：用户还在，但实时通道断了。',
      en: 'Compared with 10 minutes ago {{ $value | humanizePercentage }} of the WebSocket connections are gone while HTTP traffic is normal: the users are there, their live channel is not.',
    },
  }),
  alert({
    name: 'ChatRoomReplicaOverloaded',
    severity: 'warning',
    service: 'chatroom',
    for: '15m',
    threshold: 2,
    expr: (times) => promql`
      sum by (job, instance) (${active}) / clamp_min(${peers}, 1) > ${times}
      and sum by (job, instance) (${active}) >= ${replicaFloor}`,
    summary: {
      zh: '副本 {{ $labels.instance }} 的连接数是其他副本的 {{ $value | printf "%.1f" }} 倍',
      en: 'Replica {{ $labels.instance }} carries {{ $value | printf "%.1f" }} times the connections of its peers',
    },
    description: {
      zh: '{{ $labels.instance }} 承载的 WebSocket 连接是其他副本平均值的 {{ $value | printf "%.1f" }} 倍。它会最先变慢；一旦退出，大部分用户会同时掉线。',
      en: '{{ $labels.instance }} carries {{ $value | printf "%.1f" }} times as many WebSocket connections as the other replicas on average. It slows down first, and when it ends most users drop out at once.',
    },
  }),
  alert({
    name: 'ChatRoomDrainStuck',
    severity: 'warning',
    service: 'chatroom',
    for: '2m',
    expr: () => promql`
      sum by (job, instance) (${active}) and sum by (job, instance) (${series(draining)}) == 1`,
    summary: {
      zh: '副本 {{ $labels.instance }} 迟迟不能下线，仍有 {{ $value | printf "%.0f" }} 个连接',
      en: 'Replica {{ $labels.instance }} does not finish draining: {{ $value | printf "%.0f" }} connections are left',
    },
    description: {
      zh: '{{ $labels.instance }} 已进入下线流程超过 2 分钟（正常为 10 秒），仍有 {{ $value | printf "%.0f" }} 个连接。它不再接收新用户，发布会停在这里，强制结束会让剩余用户突然掉线。',
      en: '{{ $labels.instance }} has been draining for more than 2 minutes, which normally takes 10 seconds, and {{ $value | printf "%.0f" }} connections are left. It takes no new users, a roll-out waits for it, and killing it drops those who are left.',
    },
  }),
  alert({
    name: 'ChatRoomSlowClientsDropped',
    severity: 'warning',
    service: 'chatroom',
    for: '2m',
    threshold: 0.05,
    expr: (share) => promql`
      sum by (job) (increase(${series(websocketDisconnectionsTotal, { reason: 'slow_client' })}[5m]))
        / clamp_min(sum by (job) (${active}), 1) > ${share}
      and on (job) sum by (job) (increase(${series(websocketDisconnectionsTotal, { reason: 'slow_client' })}[5m])) >= ${slowClientFloor}`,
    summary: {
      zh: '大量慢客户端被断开，相当于当前连接的 {{ $value | humanizePercentage }}',
      en: 'Slow clients were dropped: {{ $value | humanizePercentage }} of the connections',
    },
    description: {
      zh: '最近 5 分钟内，因来不及接收消息而被断开的连接相当于当前连接的 {{ $value | humanizePercentage }}。这么多客户端同时变慢，通常是出口带宽、网关或消息量的问题。',
      en: 'Over the last 5 minutes connections that could not take their messages fast enough were closed, {{ $value | humanizePercentage }} of those open now. When so many are slow at once it is the network, the gateway or a flood of messages, not the clients.',
    },
  }),
] as const;
