import {
  httpRequestsTotal,
  websocketConnectionsActive,
  websocketConnectionsTotal,
  websocketDisconnectionsTotal,
} from '../../../monitoring/metrics/chatroom';
import { draining } from '../../../monitoring/metrics/chatroom-process';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing } from './given';

const replica = (number = 1) => ({ job: 'chatroom-server', instance: `chat-${number}:8000` });
const active = (number: number, ...values: readonly string[]) =>
  given(series(websocketConnectionsActive, replica(number)), ...values);
const opened = (pace: string) => given(series(websocketConnectionsTotal, replica()), pace);
const slow = (perSecond: number) =>
  given(series(websocketDisconnectionsTotal, { ...replica(), reason: 'slow_client' }), growing(perSecond));
const requests = (pace: string) =>
  given(series(httpRequestsTotal, { ...replica(), method: 'GET', path: '/api/rooms', status: '200' }), pace);
const drains = (...values: readonly string[]) => given(series(draining, replica()), ...values);

export const reconnectStorm: AlertCases = {
  alert: 'ChatRoomReconnectStorm',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: '重连风暴：每分钟新建的连接是现有连接的 1.5 倍',
      en: 'Reconnect storm: every minute 1.5 times as many connections as are open',
    },
    description: {
      zh: '过去 2 分钟内，每分钟新建的 WebSocket 连接是当前连接数的 1.5 倍，客户端被反复断开又重连，用户不断掉线，握手还会拖垮服务器。',
      en: 'Over the last 2 minutes clients opened 1.5 times as many WebSocket connections a minute as stay open. They are thrown out and come back; users keep dropping out, and the handshakes alone can bring the servers down.',
    },
  },
  fires: [
    {
      when: 'half as many connections again are opened every minute as stay open',
      given: [active(1, flat(400)), opened(growing(10))],
      counts: { '1m': 0, '5m': 1, '30m': 1 },
    },
    {
      when: 'everybody is thrown out as soon as they are in',
      given: [active(1, flat(0)), opened(growing(5))],
      counts: { '5m': 1 },
    },
    {
      when: 'the storm lasts ten minutes, and ends with it',
      given: [
        active(1, flat(400)),
        opened(
          counting([
            { perSecond: 10, lasting: '10m' },
            { perSecond: 0.1, lasting: '30m' },
          ]),
        ),
      ],
      counts: { '10m': 1, '13m': 0 },
    },
  ],
  silent: [
    {
      when: 'a roll-out makes everybody reconnect once',
      given: [
        active(1, flat(1_000)),
        opened(
          counting([
            { perSecond: 0.5, lasting: '5m' },
            { perSecond: 1_000 / 60, lasting: '1m' },
            { perSecond: 0.5, lasting: '30m' },
          ]),
        ),
      ],
    },
    {
      when: 'ten people with a bad line reconnect every ten seconds',
      given: [active(1, flat(10)), opened(growing(1))],
    },
    {
      when: 'the room fills up in the morning',
      given: [active(1, '1000+25x240'), opened(growing(25 / 15))],
    },
  ],
};

export const connectionsCliff: AlertCases = {
  alert: 'ChatRoomConnectionsCliff',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'WebSocket 连接骤降：10 分钟内失去 75%',
      en: '75% of the WebSocket connections were lost within 10 minutes',
    },
    description: {
      zh: '与 10 分钟前相比，WebSocket 连接减少了 75%，而 HTTP 请求量基本正常：用户还在，但实时通道断了。',
      en: 'Compared with 10 minutes ago 75% of the WebSocket connections are gone while HTTP traffic is normal: the users are there, their live channel is not.',
    },
  },
  fires: [
    {
      when: 'three quarters of the connections are lost while pages are still asked for',
      given: [active(1, flat(400, '15m'), flat(100)), requests(growing(10))],
      counts: { '15m': 0, '18m': 1, '27m': 0 },
    },
    {
      when: 'all of them are lost and nobody asks for pages anyway',
      given: [active(1, flat(400, '15m'), flat(0)), requests(growing(0))],
      counts: { '18m': 1 },
    },
  ],
  silent: [
    {
      when: 'one of two replicas dies and its clients go to the other',
      given: [
        active(1, flat(200, '15m'), gone()),
        active(2, flat(200, '15m'), flat(400)),
        requests(growing(10)),
      ],
    },
    {
      when: 'everybody goes home, and takes the HTTP traffic along',
      given: [
        active(1, flat(400, '15m'), flat(100)),
        requests(
          counting([
            { perSecond: 10, lasting: '15m' },
            { perSecond: 1, lasting: '30m' },
          ]),
        ),
      ],
    },
    {
      when: 'forty connections become five, which is a handful of people',
      given: [active(1, flat(40, '15m'), flat(5)), requests(growing(10))],
    },
    {
      when: 'a third of the connections is lost',
      given: [active(1, flat(400, '15m'), flat(270)), requests(growing(10))],
    },
  ],
};

export const replicaOverloaded: AlertCases = {
  alert: 'ChatRoomReplicaOverloaded',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '副本 chat-1:8000 的连接数是其他副本的 3.0 倍',
      en: 'Replica chat-1:8000 carries 3.0 times the connections of its peers',
    },
    description: {
      zh: 'chat-1:8000 承载的 WebSocket 连接是其他副本平均值的 3.0 倍。它会最先变慢；一旦退出，大部分用户会同时掉线。',
      en: 'chat-1:8000 carries 3.0 times as many WebSocket connections as the other replicas on average. It slows down first, and when it ends most users drop out at once.',
    },
  },
  fires: [
    {
      when: 'one of three replicas carries three times as much as the others',
      given: [active(1, flat(900)), active(2, flat(300)), active(3, flat(300))],
      counts: { '14m': 0, '16m': 1, '30m': 1 },
    },
    {
      when: 'one of two replicas carries everything',
      given: [active(1, flat(500)), active(2, flat(0))],
      counts: { '16m': 1 },
    },
  ],
  silent: [
    { when: 'there is only one replica', given: [active(1, flat(5_000))] },
    { when: 'two replicas share three to two', given: [active(1, flat(600)), active(2, flat(400))] },
    { when: 'a hundred connections meet ten', given: [active(1, flat(100)), active(2, flat(10))] },
    {
      when: 'a replica that has just started fills up within ten minutes',
      given: [active(1, flat(500)), active(2, '0+20x25 500+0x240')],
    },
  ],
};

export const drainStuck: AlertCases = {
  alert: 'ChatRoomDrainStuck',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '副本 chat-1:8000 迟迟不能下线，仍有 12 个连接',
      en: 'Replica chat-1:8000 does not finish draining: 12 connections are left',
    },
    description: {
      zh: 'chat-1:8000 已进入下线流程超过 2 分钟（正常为 10 秒），仍有 12 个连接。它不再接收新用户，发布会停在这里，强制结束会让剩余用户突然掉线。',
      en: 'chat-1:8000 has been draining for more than 2 minutes, which normally takes 10 seconds, and 12 connections are left. It takes no new users, a roll-out waits for it, and killing it drops those who are left.',
    },
  },
  fires: [
    {
      when: 'twelve connections stay on a replica that drains, until it is ended',
      given: [
        drains(flat(0, '5m'), flat(1, '10m'), gone()),
        active(1, flat(300, '5m'), flat(12, '10m'), gone()),
      ],
      counts: { '6m': 0, '8m': 1, '16m': 0 },
    },
  ],
  silent: [
    {
      when: 'a replica drains for a minute and ends',
      given: [
        drains(flat(0, '5m'), flat(1, '1m'), gone()),
        active(1, flat(300, '5m'), flat(12, '1m'), gone()),
      ],
    },
    { when: 'nothing drains', given: [drains(flat(0)), active(1, flat(300))] },
  ],
};

export const slowClientsDropped: AlertCases = {
  alert: 'ChatRoomSlowClientsDropped',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: '大量慢客户端被断开，相当于当前连接的 15%',
      en: 'Slow clients were dropped: 15% of the connections',
    },
    description: {
      zh: '最近 5 分钟内，因来不及接收消息而被断开的连接相当于当前连接的 15%。这么多客户端同时变慢，通常是出口带宽、网关或消息量的问题。',
      en: 'Over the last 5 minutes connections that could not take their messages fast enough were closed, 15% of those open now. When so many are slow at once it is the network, the gateway or a flood of messages, not the clients.',
    },
  },
  fires: [
    {
      when: 'thirty of two hundred clients are too slow within five minutes',
      given: [active(1, flat(200)), slow(0.1)],
      counts: { '1m': 0, '10m': 1 },
    },
  ],
  silent: [
    { when: 'four of twenty are, which may be one bad café', given: [active(1, flat(20)), slow(0.015)] },
    { when: 'thirty of five thousand are', given: [active(1, flat(5_000)), slow(0.1)] },
    { when: 'nobody is', given: [active(1, flat(200)), slow(0)] },
  ],
};
