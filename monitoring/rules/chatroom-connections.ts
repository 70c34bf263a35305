import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { alerts } from '../metrics/alerts';
import { drainOverdueConnections } from '../metrics/chatroom-process';
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
const drainFloor = 10;

const active = series(websocketConnectionsActive);
const newPerMinute = promql`60 * sum by (job) (rate(${series(websocketConnectionsTotal)}[2m]))`;

const connections = (at = '') => promql`sum by (job) (${active}${at})`;
const usual = promql`clamp_min(max_over_time(${connections()}[1h:1m]), ${cliffFloor})`;
const lostWithinTenMinutes = promql`((${connections(' offset 10m')} >= ${cliffFloor}) - ${connections()})`;
/** Whoever leaves says so, and is counted as such. */
const brokenOff = promql`
  sum by (job) (increase(${series(websocketDisconnectionsTotal, { reason: { not: 'client' } })}[10m]))`;

const requests = (at: string) => promql`sum by (job) (rate(${series(httpRequestsTotal, ofUsers)}[2m]${at}))`;

const perReplica = promql`sum by (job, instance) (${active})`;
const newcomers = promql`sum by (job, instance) (increase(${series(websocketConnectionsTotal)}[30m]))`;

/** What the other replicas of a job have on average, for each replica; nothing where there is only one. */
const peersOf = (each: string) => promql`
  (sum by (job) (${each}) - on (job) group_right () ${each})
    / on (job) group_left () (count by (job) (${each}) - 1 > 0)`;

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
    // Everybody going home closes the page, which says so, or takes the HTTP traffic along. What began as a cliff stays
    // one until the connections are back, or an hour has made what is left the usual; having none never is.
    expr: (share) => promql`
      1 - ${connections()} / ${usual} > ${share}
      and on (job) (
        (${brokenOff} >= 0.5 * (${lostWithinTenMinutes} > ${share} * ${connections(' offset 10m')})
          unless on (job) ${requests('')} < 0.5 * ${requests(' offset 10m')})
        or ${series(alerts, { alertname: 'ChatRoomConnectionsCliff', alertstate: 'firing' })})`,
    summary: {
      zh: 'WebSocket 连接骤降：失去 {{ $value | humanizePercentage }}',
      en: '{{ $value | humanizePercentage }} of the WebSocket connections broke off',
    },
    description: {
      zh: '与最近一小时的最高值相比，WebSocket 连接减少了 {{ $value | humanizePercentage }}：多半不是用户主动离开，而是中断后没有恢复，HTTP 请求量却基本正常。用户还在，但实时通道断了。',
      en: 'Of the most WebSocket connections within the last hour {{ $value | humanizePercentage }} are gone. Most did not leave, they broke off and are not back, while HTTP traffic is normal: the users are there, their live channel is not.',
    },
  }),
  alert({
    name: 'ChatRoomReplicaOverloaded',
    severity: 'warning',
    service: 'chatroom',
    for: '15m',
    threshold: 2,
    // Connections last for hours: after scaling out, or the start of a replica, the old ones hold more for as long, and
    // that mends itself as long as newcomers are spread. Where they are not, it never does.
    expr: (times) => promql`
      ${perReplica} / clamp_min(${peersOf(perReplica)}, 1) > ${times}
      and ${perReplica} >= ${replicaFloor}
      and ${newcomers} > 1.5 * ${peersOf(newcomers)}`,
    summary: {
      zh: '副本 {{ $labels.instance }} 的连接数是其他副本的 {{ $value | printf "%.1f" }} 倍',
      en: 'Replica {{ $labels.instance }} carries {{ $value | printf "%.1f" }} times the connections of its peers',
    },
    description: {
      zh: '{{ $labels.instance }} 承载的 WebSocket 连接是其他副本平均值的 {{ $value | printf "%.1f" }} 倍，新连接也仍然偏向它。它会最先变慢；一旦退出，大部分用户会同时掉线。',
      en: '{{ $labels.instance }} carries {{ $value | printf "%.1f" }} times as many WebSocket connections as the other replicas on average, and newcomers still go to it rather than to them. It slows down first, and when it ends most users drop out at once.',
    },
  }),
  alert({
    name: 'ChatRoomDrainStuck',
    severity: 'warning',
    service: 'chatroom',
    for: '1m',
    threshold: 0.1,
    // A replica that drains ends in time whoever is left, so that nothing can be waited for: what it said in its last
    // quarter is remembered after it is gone.
    expr: (share) => promql`
      max_over_time(${series(drainOverdueConnections)}[5m]) / (max_over_time(${active}[15m]) > 0) > ${share}
      and max_over_time(${series(drainOverdueConnections)}[5m]) >= ${drainFloor}`,
    summary: {
      zh: '副本 {{ $labels.instance }} 下线时仍有 {{ $value | humanizePercentage }} 的连接没有离开',
      en: '{{ $value | humanizePercentage }} of the connections did not leave replica {{ $labels.instance }} while it drained',
    },
    description: {
      zh: '{{ $labels.instance }} 下线时要求客户端改连其他副本，但时限已到仍有 {{ $value | humanizePercentage }} 的连接没有离开，随后被强制断开。通常是其他副本已满、网关仍把连接送回原处，或客户端不理会该要求。',
      en: '{{ $labels.instance }} asked its clients to go elsewhere, and when their time was over {{ $value | humanizePercentage }} of the connections were still there, to be cut off when the replica ends. The other replicas are full, the gateway sends people back, or clients do not heed the request.',
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
