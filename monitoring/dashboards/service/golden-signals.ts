import {
  httpRequestDurationSeconds,
  httpRequestsTotal,
  messagesTotal,
  usersOnline,
  websocketConnectionsActive,
} from '../../metrics/chatroom';
import { ofUsers } from '../../metrics/requests-of-users';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { quantile } from '../quantile';
import { chosen } from '../selection';
import { units } from '../units';
import { orZero } from '../zero';

const requests = { ...ofUsers, ...chosen };

export function latency(setting: Setting) {
  const within = (share: number) => quantile(share, httpRequestDurationSeconds, requests);
  return curves(setting, {
    title: { zh: '延迟', en: 'Latency' },
    description: {
      zh: '用户请求的响应时间分位数。没有请求时曲线断开。',
      en: 'How long requests of users take. Without requests the curves have a gap.',
    },
    unit: units.seconds,
    queries: [
      { legend: 'p99', expr: within(0.99), colour: colours.bad },
      { legend: 'p95', expr: within(0.95), colour: colours.worrying },
      { legend: 'p50', expr: within(0.5), colour: colours.good },
    ],
  })
    .span(12)
    .height(8);
}

export function traffic(setting: Setting) {
  return curves(setting, {
    title: { zh: '流量', en: 'Traffic' },
    description: {
      zh: '用户的 HTTP 请求与聊天消息。',
      en: 'HTTP requests of users, and chat messages.',
    },
    unit: units.requestsPerSecond,
    queries: [
      {
        legend: { zh: '请求', en: 'Requests' },
        expr: promql`sum(rate(${series(httpRequestsTotal, requests)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '消息', en: 'Messages' },
        expr: promql`60 * sum(rate(${series(messagesTotal, chosen)}[$__rate_interval]))`,
        unit: units.perMinute,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function errors(setting: Setting) {
  const all = promql`sum(rate(${series(httpRequestsTotal, requests)}[$__rate_interval]))`;
  const share = (status: RegExp) =>
    orZero(
      promql`sum(rate(${series(httpRequestsTotal, { ...requests, status })}[$__rate_interval])) / (${all} > 0)`,
      all,
    );
  return curves(setting, {
    title: { zh: '错误', en: 'Errors' },
    description: {
      zh: '4xx 与 5xx 占用户请求的比例。4xx 多半是客户端的问题，5xx 是我们的问题。',
      en: 'Share of the requests of users answered with 4xx and 5xx. The first are mostly theirs, the second are ours.',
    },
    unit: units.ratio,
    queries: [
      { legend: '5xx', expr: share(/5../), colour: colours.bad },
      { legend: '4xx', expr: share(/4../), colour: colours.worrying },
    ],
  })
    .span(12)
    .height(8);
}

export function saturation(setting: Setting) {
  return curves(setting, {
    title: { zh: '饱和度', en: 'Saturation' },
    description: {
      zh: '所选副本承载的连接与用户。同一用户连接两个副本会计两次。',
      en: 'Connections and users that the chosen replicas hold. Somebody connected to two replicas counts twice.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '连接', en: 'Connections' },
        expr: promql`sum(${series(websocketConnectionsActive, chosen)})`,
      },
      { legend: { zh: '用户', en: 'Users' }, expr: promql`sum(${series(usersOnline, chosen)})` },
    ],
  })
    .span(12)
    .height(8);
}
