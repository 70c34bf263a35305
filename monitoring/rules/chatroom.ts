import type { Duration } from '../model/duration';
import { alert } from '../model/rule';
import { buckets, countOf, promql, series } from '../model/promql';
import {
  httpRequestDurationSeconds,
  httpRequestsTotal,
  websocketConnectionsActive,
} from '../metrics/chatroom';
import { ofUsers } from '../metrics/requests-of-users';
import { noServerReady } from '../outages';
import { outlivesMuted, outlivesTheLastMinute } from './outlives-consequences';

/** Below this many requests in five minutes a ratio or a quantile says nothing: one error at night is 100 %. */
const requestFloor = 20;

/**
 * Five minutes say how bad it is, the last minute that it still is. Without the short window an alert would stand
 * for minutes after its end, and one that a cause has muted would be told the moment that cause is mended.
 */
const windows = ['5m', '1m'] as const;

const errorShare = (range: Duration) => promql`
  sum by (job) (rate(${series(httpRequestsTotal, { ...ofUsers, status: /5../ })}[${range}]))
    / sum by (job) (rate(${series(httpRequestsTotal, ofUsers)}[${range}]))`;

const p95 = (range: Duration) => promql`
  histogram_quantile(0.95, sum by (job, le) (rate(${buckets(httpRequestDurationSeconds, ofUsers)}[${range}])))`;

export const chatroomAlerts = [
  alert({
    name: 'ChatRoomUnavailable',
    severity: 'critical',
    service: 'chatroom',
    // Behind the alerts about the databases, without which no server is ready, and which are told after a minute.
    for: '2m',
    keepFiringFor: outlivesMuted,
    expr: () => noServerReady,
    summary: {
      zh: '聊天服务不可用：{{ $value | printf "%.0f" }} 个聊天服务器无一就绪',
      en: 'The chat room is gone: none of its {{ $value | printf "%.0f" }} servers is ready',
    },
    description: {
      zh: '{{ $value | printf "%.0f" }} 个聊天服务器要么没有应答，要么自称未就绪（/readyz 为 503），已持续 2 分钟。没有就绪的副本时，网关无处转发，所有人都进不了聊天室。',
      en: 'For 2 minutes each of the {{ $value | printf "%.0f" }} chat servers has been down or has said that it is not ready (/readyz answers 503). Without a ready replica the gateway has nowhere to send anybody, and nobody gets in.',
    },
  }),
  alert({
    name: 'ChatRoomHighErrorRate',
    severity: 'critical',
    service: 'chatroom',
    for: '2m',
    keepFiringFor: outlivesTheLastMinute,
    threshold: 0.1,
    expr: (ratio) => promql`
      ${windows.map((range) => `${errorShare(range)} > ${ratio}`).join(' and ')}
      and sum by (job) (increase(${series(httpRequestsTotal, ofUsers)}[5m])) >= ${requestFloor}`,
    summary: {
      zh: '聊天服务错误率过高：{{ $value | humanizePercentage }} 的请求失败',
      en: 'The chat room fails {{ $value | humanizePercentage }} of its requests',
    },
    description: {
      zh: '最近 5 分钟内，聊天服务 {{ $value | humanizePercentage }} 的 HTTP 请求返回 5xx，用户正在看到错误。',
      en: 'Over the last 5 minutes {{ $value | humanizePercentage }} of the HTTP requests to the chat room were answered with 5xx. Users see errors.',
    },
  }),
  alert({
    name: 'ChatRoomHighResponseTime',
    severity: 'warning',
    service: 'chatroom',
    for: '5m',
    threshold: 2,
    expr: (seconds) => promql`
      ${windows.map((range) => `${p95(range)} > ${seconds}`).join(' and ')}
      and sum by (job) (increase(${countOf(httpRequestDurationSeconds, ofUsers)}[5m])) >= ${requestFloor}`,
    summary: {
      zh: '聊天服务响应缓慢：P95 为 {{ $value | humanizeDuration }}',
      en: 'The chat room is slow: p95 is {{ $value | humanizeDuration }}',
    },
    description: {
      zh: '最近 5 分钟内，每 20 个请求就有 1 个耗时超过 {{ $value | humanizeDuration }}，用户会感到卡顿。',
      en: 'Over the last 5 minutes one request in twenty took longer than {{ $value | humanizeDuration }}. Users notice.',
    },
  }),
  alert({
    name: 'ChatRoomHighConcurrentConnections',
    severity: 'warning',
    service: 'chatroom',
    for: '1m',
    threshold: 1000,
    expr: (connections) => promql`
      sum by (job) (${series(websocketConnectionsActive)}) > ${connections}`,
    summary: {
      zh: '聊天服务并发连接过多：{{ $value | printf "%.0f" }} 个',
      en: 'The chat room holds {{ $value | printf "%.0f" }} connections',
    },
    description: {
      zh: '全部副本的 WebSocket 连接合计 {{ $value | printf "%.0f" }} 个，已超过规划容量。请确认这是正常高峰还是重连风暴，必要时扩容。',
      en: 'All replicas together hold {{ $value | printf "%.0f" }} WebSocket connections, more than they are sized for. Tell a peak from a reconnect storm, and scale if it is a peak.',
    },
  }),
] as const;
