import {
  nginxConnectionsAccepted,
  nginxConnectionsActive,
  nginxConnectionsHandled,
  nginxUp,
} from '../../../monitoring/metrics/nginx';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing } from './given';

const target = { job: 'nginx-exporter', instance: 'nginx:9113' };
const up = (...values: readonly string[]) => given(series(nginxUp, target), ...values);
const other = (...values: readonly string[]) =>
  given(series(nginxUp, { ...target, instance: 'nginx-2:9113' }), ...values);
const accepted = (pace: string) => given(series(nginxConnectionsAccepted, target), pace);
const handled = (pace: string) => given(series(nginxConnectionsHandled, target), pace);

export const nginxDown: AlertCases = {
  alert: 'NginxDown',
  says: {
    labels: { instance: 'nginx:9113', job: 'nginx-exporter' },
    summary: { zh: 'nginx 网关不可用（nginx:9113）', en: 'nginx is down (nginx:9113)' },
    description: {
      zh: '采集器 nginx:9113 已超过 1 分钟读不到 nginx 的状态页。经由这台 nginx 的用户进不来；若只有这一台，聊天室对外完全不可用。',
      en: 'The exporter nginx:9113 has failed to read the status page of nginx for more than a minute. Whoever comes by this nginx does not get in; where there is no other, the chat room is gone from outside.',
    },
  },
  fires: [
    {
      when: 'its status page cannot be read, and stays until what hangs on it has recovered',
      given: [up(flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '5m': 0, '7m': 1, '17m': 1, '19m': 0 },
    },
    {
      when: 'the exporter dies after nginx: nobody is told that all is well',
      given: [up(flat(1, '5m'), flat(0, '2m'), gone())],
      counts: { '8m': 1 },
    },
    {
      when: 'the last of two follows the first, once for each',
      given: [up(flat(1, '5m'), flat(0)), other(flat(1, '15m'), flat(0))],
      counts: { '15m': 0, '17m': 2 },
      others: { NginxInstanceDown: { '7m': 1, '15m': 1, '17m': 2 } },
    },
  ],
  silent: [
    { when: 'two scrapes in a row fail', given: [up(flat(1, '5m'), flat(0, '30s'), flat(1))] },
    { when: 'only the exporter dies', given: [up(flat(1, '5m'), gone())] },
    { when: 'one of two is down', given: [up(flat(1, '5m'), flat(0)), other(flat(1))] },
  ],
};

export const nginxInstanceDown: AlertCases = {
  alert: 'NginxInstanceDown',
  says: {
    labels: { instance: 'nginx:9113', job: 'nginx-exporter' },
    summary: {
      zh: '一台 nginx 不可用（nginx:9113），其余的仍在服务',
      en: 'One nginx of several is down (nginx:9113)',
    },
    description: {
      zh: '采集器 nginx:9113 已超过 1 分钟读不到 nginx 的状态页，而其他 nginx 仍在应答。经由它的用户会掉线重连，其余的要独自承担全部流量；再失去一台，就可能无人能进入。',
      en: 'The exporter nginx:9113 has failed to read the status page of nginx for more than a minute, while another nginx answers. Who came in by it is cut off and comes back by the others, which carry everything now; lose those, and nobody gets in.',
    },
  },
  fires: [
    {
      when: 'one of two is down, and ends three minutes after it is back',
      given: [up(flat(1, '5m'), flat(0, '10m'), flat(1)), other(flat(1))],
      counts: { '5m': 0, '7m': 1, '17m': 1, '19m': 0 },
    },
  ],
  silent: [
    { when: 'both are there', given: [up(flat(1)), other(flat(1))] },
    { when: 'the exporter of one of them dies', given: [up(flat(1, '5m'), gone()), other(flat(1))] },
  ],
};

export const connectionsDropped: AlertCases = {
  alert: 'NginxConnectionsDropped',
  says: {
    labels: { instance: 'nginx:9113', job: 'nginx-exporter' },
    summary: { zh: 'nginx 5 分钟内丢弃了 300 个连接', en: 'nginx dropped 300 connections in 5 minutes' },
    description: {
      zh: 'nginx:9113 监控的 nginx 在最近 5 分钟内接受后又立即关闭了 300 个连接：worker_connections 已用尽，用户连不上。',
      en: 'Within 5 minutes nginx behind nginx:9113 accepted 300 connections only to close them: its worker_connections are used up, and users cannot get in.',
    },
  },
  fires: [
    {
      when: 'one connection in ten is accepted only to be closed',
      given: [accepted(growing(10)), handled(growing(9))],
      counts: { '30s': 0, '10m': 1 },
    },
  ],
  silent: [
    { when: 'every connection is handled', given: [accepted(growing(10)), handled(growing(10))] },
    {
      when: 'nginx starts again and again and handles everything',
      given: [accepted, handled].map((counter) =>
        counter(counting([{ perSecond: 20, lasting: '4m', restarted: true }], 15)),
      ),
    },
    {
      when: 'three connections are dropped in five minutes',
      given: [accepted(growing(1)), handled(growing(0.99))],
    },
  ],
};

export const connectionsNearLimit: AlertCases = {
  alert: 'NginxConnectionsNearLimit',
  says: {
    labels: { instance: 'nginx:9113', job: 'nginx-exporter' },
    summary: { zh: 'nginx 连接接近上限：7000 个', en: 'nginx holds 7000 connections, close to its limit' },
    description: {
      zh: 'nginx:9113 监控的 nginx 有 7000 个客户端连接，已超过可承载数量的八成。用尽 worker_connections 之后，新用户会被直接断开。',
      en: 'nginx behind nginx:9113 holds 7000 client connections, more than four fifths of what it can carry. When worker_connections are used up, new users are cut off.',
    },
  },
  fires: [
    {
      when: 'of the 8,192 clients that 16,384 connections carry 7,000 are there',
      given: [given(series(nginxConnectionsActive, target), flat(7_000))],
      counts: { '4m': 0, '6m': 1 },
    },
  ],
  silent: [
    {
      when: '6,500 are, which is less than four fifths',
      given: [given(series(nginxConnectionsActive, target), flat(6_500))],
    },
  ],
};
