import type { Duration } from '../model/duration';
import { alert } from '../model/rule';
import { buckets, countOf, promql, series } from '../model/promql';
import {
  httpRequestDurationSeconds,
  httpRequestsTotal,
  websocketConnectionsActive,
} from '../metrics/chatroom';
import { ofUsers } from '../metrics/requests-of-users';
import { outlivesTheLastMinute } from './outlives-consequences';

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
