import {
  httpRequestDurationSeconds,
  httpRequestsTotal,
  websocketConnectionsActive,
} from '../../../monitoring/metrics/chatroom';
import { ready } from '../../../monitoring/metrics/chatroom-process';
import { up } from '../../../monitoring/metrics/target';
import { buckets, countOf, series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing, nothing, type Given } from './given';

const replica = (number = 1) => ({ job: 'chatroom-server', instance: `chat-${number}:8000` });

/** Requests to a replica with one outcome; without figures the counter grows at that pace for ever. */
function requests(
  status: string,
  pace: number | string,
  { path = '/api/rooms', number = 1 }: { path?: string; number?: number } = {},
): Given {
  return given(
    series(httpRequestsTotal, { ...replica(number), method: 'GET', path, status }),
    typeof pace === 'string' ? pace : growing(pace),
  );
}

/** Requests that all take equally long, as a histogram counts them. */
function latencies(perSecond: number, seconds: number, path = '/api/rooms'): readonly Given[] {
  const labels = { ...replica(), method: 'GET', path };
  return [
    ...[...httpRequestDurationSeconds.buckets!, Infinity].map((bound) =>
      given(
        buckets(httpRequestDurationSeconds, { ...labels, le: bound === Infinity ? '+Inf' : String(bound) }),
        growing(seconds <= bound ? perSecond : 0),
      ),
    ),
    given(countOf(httpRequestDurationSeconds, labels), growing(perSecond)),
  ];
}

function connections(number: number, ...values: readonly string[]): Given {
  return given(series(websocketConnectionsActive, replica(number)), ...values);
}

export const highErrorRate: AlertCases = {
  alert: 'ChatRoomHighErrorRate',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: '聊天服务错误率过高：20% 的请求失败',
      en: 'The chat room fails 20% of its requests',
    },
    description: {
      zh: '最近 5 分钟内，聊天服务 20% 的 HTTP 请求返回 5xx，用户正在看到错误。',
      en: 'Over the last 5 minutes 20% of the HTTP requests to the chat room were answered with 5xx. Users see errors.',
    },
  },
  fires: [
    {
      when: 'one request in five fails, and no sooner than after two minutes',
      given: [requests('200', 8), requests('500', 2)],
      counts: { '90s': 0, '5m': 1, '30m': 1 },
    },
    {
      // As published, errors a second of each series were compared with 0.1: this outage was silent.
      when: 'everything fails at half a request a second, over six paths',
      given: ['/', '/a', '/b', '/c', '/d', '/e'].map((path) => requests('500', 0.08, { path })),
      counts: { '5m': 1 },
    },
    {
      // As published, each path of each replica was an alert of its own.
      when: 'six series fail, once for all of them',
      given: [1, 2, 3].flatMap((number) => [
        requests('200', 5, { number }),
        requests('500', 2, { number }),
        requests('503', 2, { number, path: '/api/messages' }),
      ]),
      counts: { '5m': 1 },
    },
    {
      when: 'replicas crash and start again, so that counters fall back to zero',
      given: [
        requests('200', counting([{ perSecond: 8, lasting: '3m', restarted: true }], 20)),
        requests('500', counting([{ perSecond: 4, lasting: '3m', restarted: true }], 20)),
      ],
      counts: { '6m': 1, '7m': 1, '10m': 1, '20m': 1 },
    },
    {
      when: 'requests fail for ten minutes, and ends within two minutes after they no longer do',
      given: [
        requests('200', 10),
        requests(
          '500',
          counting([
            { perSecond: 10, lasting: '10m' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
      ],
      counts: { '10m': 1, '675s': 1, '735s': 0, '30m': 0 },
    },
    {
      when: 'one of two replicas fails and the other is gone',
      given: [
        requests('200', `${counting([{ perSecond: 5, lasting: '5m' }])} ${gone()}`),
        requests('500', 3, { number: 2 }),
      ],
      counts: { '20m': 1 },
    },
  ],
  silent: [
    {
      // As published: six critical alerts.
      when: '0.6 % of the requests fail under load',
      given: [1, 2, 3].flatMap((number) => [
        requests('200', 59.64, { number }),
        requests('500', 0.2, { number }),
        requests('502', 0.16, { number, path: '/api/messages' }),
      ]),
    },
    {
      when: 'one request in ten fails, which is the threshold itself',
      given: [requests('200', 9), requests('500', 1)],
    },
    {
      when: 'the only request of the night fails',
      given: [
        requests('200', flat(0)),
        requests(
          '500',
          counting([
            { perSecond: 0, lasting: '10m' },
            { perSecond: 1 / 15, lasting: '15s' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
      ],
    },
    {
      when: 'three requests a minute all fail, which is below the floor',
      given: [requests('500', 0.05)],
    },
    {
      when: 'probes fail all the time, which are no requests of users',
      given: [
        requests('200', 0.1),
        requests('503', 1, { path: '/readyz' }),
        requests('500', 1, { path: '/metrics' }),
      ],
    },
    {
      when: 'probes alone would lift the only failing request over the floor',
      given: [requests('200', 1, { path: '/healthz' }), requests('500', 0.02)],
    },
    {
      when: 'everything fails for fifteen seconds',
      given: [
        requests('200', 10),
        requests(
          '500',
          counting([
            { perSecond: 0, lasting: '10m' },
            { perSecond: 10, lasting: '15s' },
            { perSecond: 0, lasting: '20m' },
          ]),
        ),
      ],
    },
    { when: 'clients are wrong, which is 4xx', given: [requests('200', 1), requests('404', 9)] },
    { when: 'nobody asks anything', given: [requests('200', flat(1000)), requests('500', flat(50))] },
  ],
};

export const highResponseTime: AlertCases = {
  alert: 'ChatRoomHighResponseTime',
  says: {
    labels: { job: 'chatroom-server' },
    summary: { zh: '聊天服务响应缓慢：P95 为 9.75s', en: 'The chat room is slow: p95 is 9.75s' },
    description: {
      zh: '最近 5 分钟内，每 20 个请求就有 1 个耗时超过 9.75s，用户会感到卡顿。',
      en: 'Over the last 5 minutes one request in twenty took longer than 9.75s. Users notice.',
    },
  },
  fires: [
    {
      // With buckets that end at 1 s this read as one second: silent.
      when: 'every request takes six seconds, read between the bounds of five and ten',
      given: latencies(1, 6),
      counts: { '5m': 0, '7m': 1 },
    },
    {
      when: 'one request in ten takes three seconds',
      given: [...latencies(9, 0.05), ...latencies(1, 3, '/api/messages')],
      counts: { '7m': 1 },
    },
    {
      when: 'requests take longer than the last bound',
      given: latencies(0.2, 45),
      counts: { '10m': 1 },
    },
  ],
  silent: [
    {
      // As published, a quantile for each path: one that hardly anybody uses fired it.
      when: 'one path with a thousandth of the requests takes six seconds',
      given: [...latencies(100, 0.05), ...latencies(0.1, 6, '/api/export')],
    },
    { when: 'every request takes two seconds, which is the promise', given: latencies(1, 2) },
    { when: 'three slow requests a minute are all there is', given: latencies(0.05, 6) },
    { when: 'probes are slow', given: [...latencies(1, 0.05), ...latencies(5, 6, '/readyz')] },
    { when: 'nobody asks anything', given: latencies(0, 6) },
  ],
};

export const highConcurrentConnections: AlertCases = {
  alert: 'ChatRoomHighConcurrentConnections',
  says: {
    labels: { job: 'chatroom-server' },
    summary: { zh: '聊天服务并发连接过多：1400 个', en: 'The chat room holds 1400 connections' },
    description: {
      zh: '全部副本的 WebSocket 连接合计 1400 个，已超过规划容量。请确认这是正常高峰还是重连风暴，必要时扩容。',
      en: 'All replicas together hold 1400 WebSocket connections, more than they are sized for. Tell a peak from a reconnect storm, and scale if it is a peak.',
    },
  },
  fires: [
    {
      // As published, each replica was compared on its own: silent.
      when: 'two replicas hold 700 each, once for both',
      given: [connections(1, flat(700)), connections(2, flat(700))],
      counts: { '45s': 0, '1m': 1 },
    },
    {
      when: 'one replica holds them all, and ends when they leave',
      given: [connections(1, flat(1001, '10m'), flat(1000)), connections(2, flat(0))],
      counts: { '5m': 1, '11m': 0 },
    },
  ],
  silent: [
    {
      when: 'two replicas hold a thousand together',
      given: [connections(1, flat(400)), connections(2, flat(600))],
    },
    {
      when: 'a peak lasts for half a minute',
      given: [connections(1, flat(900, '5m'), flat(1400, '30s'), flat(900))],
    },
    {
      when: 'a replica dies, so that its connections are counted no longer',
      given: [connections(1, flat(700)), connections(2, flat(300, '10m'), gone())],
    },
  ],
};

/** A replica that answers scrapes or not, and what it says of itself. */
function server(number: number, answers: readonly string[], isReady?: readonly string[]): readonly Given[] {
  return [
    given(series(up, replica(number)), ...answers),
    ...(isReady ? [given(series(ready, replica(number)), ...isReady)] : []),
  ];
}

export const unavailable: AlertCases = {
  alert: 'ChatRoomUnavailable',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: '聊天服务不可用：2 个聊天服务器无一就绪',
      en: 'The chat room is gone: none of its 2 servers is ready',
    },
    description: {
      zh: '2 个聊天服务器要么没有应答，要么自称未就绪（/readyz 为 503），已持续 2 分钟。没有就绪的副本时，网关无处转发，所有人都进不了聊天室。',
      en: 'For 2 minutes each of the 2 chat servers has been down or has said that it is not ready (/readyz answers 503). Without a ready replica the gateway has nowhere to send anybody, and nobody gets in.',
    },
  },
  fires: [
    {
      when: 'both replicas answer and neither is ready, and ends two minutes after one is',
      given: [
        ...server(1, [flat(1)], [flat(1, '5m'), flat(0)]),
        ...server(2, [flat(1)], [flat(1, '5m'), flat(0, '10m'), flat(1)]),
      ],
      counts: { '5m': 0, '6m': 0, '7m': 1, '16m': 1, '18m': 0 },
    },
    {
      when: 'both are killed and take what they said of themselves along',
      given: [1, 2].flatMap((number) => server(number, [flat(1, '5m'), flat(0)], [flat(1, '5m'), gone()])),
      counts: { '6m': 0, '7m': 1, '30m': 1 },
      others: { ChatRoomServerDown: { '7m': 2 } },
    },
    {
      when: 'one is killed and the other is not ready',
      given: [
        ...server(1, [flat(1, '5m'), flat(0)], [flat(1, '5m'), gone()]),
        ...server(2, [flat(1)], [flat(0)]),
      ],
      counts: { '6m': 0, '7m': 1 },
    },
    {
      when: 'a server says nothing about being ready',
      given: server(1, [flat(1)]),
      counts: { '1m': 0, '2m': 1 },
    },
  ],
  silent: [
    {
      when: 'one of two is dead for half an hour and the other is ready',
      given: [
        ...server(1, [flat(1, '5m'), flat(0)], [flat(1, '5m'), gone()]),
        ...server(2, [flat(1)], [flat(1)]),
      ],
    },
    {
      when: 'none is ready for a minute and a half',
      given: server(1, [flat(1)], [flat(1, '5m'), flat(0, '90s'), flat(1)]),
    },
    {
      when: 'no server is known, which another alert is about',
      given: server(1, [flat(1, '5m'), gone()], [flat(1, '5m'), gone()]),
    },
    {
      when: 'nothing has been scraped yet',
      given: server(1, [nothing('5m'), flat(1)], [nothing('5m'), flat(1)]),
    },
  ],
};
