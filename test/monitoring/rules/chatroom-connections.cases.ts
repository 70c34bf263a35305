import {
  httpRequestsTotal,
  websocketConnectionsActive,
  websocketConnectionsTotal,
  websocketDisconnectionsTotal,
} from '../../../monitoring/metrics/chatroom';
import { drainOverdueConnections } from '../../../monitoring/metrics/chatroom-process';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing, nothing } from './given';

const replica = (number = 1) => ({ job: 'chatroom-server', instance: `chat-${number}:8000` });
const active = (number: number, ...values: readonly string[]) =>
  given(series(websocketConnectionsActive, replica(number)), ...values);
const opened = (pace: string, number = 1) => given(series(websocketConnectionsTotal, replica(number)), pace);
/** So many newcomers a minute at each of the first replicas. */
const newcomers = (...perMinute: readonly number[]) =>
  perMinute.map((count, index) => opened(growing(count / 60), index + 1));
const slow = (perSecond: number) =>
  given(series(websocketDisconnectionsTotal, { ...replica(), reason: 'slow_client' }), growing(perSecond));
const broken = (pace: string, number = 1, reason = 'error') =>
  given(series(websocketDisconnectionsTotal, { ...replica(number), reason }), pace);
/** So many at once after a quarter of an hour. */
const atOnce = (count: number) =>
  counting([
    { perSecond: 0, lasting: '15m' },
    { perSecond: count / 15, lasting: '15s' },
    { perSecond: 0, lasting: '3h' },
  ]);
const requests = (pace: string) =>
  given(series(httpRequestsTotal, { ...replica(), method: 'GET', path: '/api/rooms', status: '200' }), pace);
const overdue = (...values: readonly string[]) =>
  given(series(drainOverdueConnections, replica()), ...values);

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
      zh: 'WebSocket 连接骤降：失去 75%',
      en: '75% of the WebSocket connections broke off',
    },
    description: {
      zh: '与最近一小时的最高值相比，WebSocket 连接减少了 75%：多半不是用户主动离开，而是中断后没有恢复，HTTP 请求量却基本正常。用户还在，但实时通道断了。',
      en: 'Of the most WebSocket connections within the last hour 75% are gone. Most did not leave, they broke off and are not back, while HTTP traffic is normal: the users are there, their live channel is not.',
    },
  },
  fires: [
    {
      when: 'three quarters of the connections break off while pages are still asked for, for an hour',
      given: [active(1, flat(400, '15m'), flat(100, '3h')), broken(atOnce(300)), requests(growing(10))],
      counts: { '15m': 0, '18m': 1, '27m': 1, '60m': 1, '80m': 0 },
    },
    {
      when: 'all of them break off and nobody asks for pages anyway, until they are back',
      given: [
        active(1, flat(400, '15m'), flat(0, '2h'), flat(380)),
        broken(atOnce(400)),
        requests(flat(0, '3h')),
      ],
      counts: { '18m': 1, '27m': 1, '80m': 1, '130m': 1, '137m': 0 },
    },
    {
      when: 'a roll-out sends everybody away, and the new page does not come back',
      given: [
        active(1, flat(400, '15m'), gone()),
        active(2, nothing('15m'), flat(20)),
        broken(
          counting([
            { perSecond: 0, lasting: '14m' },
            { perSecond: 380 / 60, lasting: '1m' },
          ]),
          1,
          'drain',
        ),
        requests(growing(10)),
      ],
      counts: { '18m': 1 },
    },
  ],
  silent: [
    {
      when: 'eighty people leave within four minutes while few pages are asked for, as ever',
      given: [active(1, flat(100, '15m'), '95-5x15', flat(20)), broken(flat(3)), requests(growing(0.1))],
      until: '1h',
    },
    {
      when: 'people go home half an hour after a roll-out',
      given: [active(1, flat(400, '45m'), flat(100)), broken(atOnce(400), 1, 'drain'), requests(growing(10))],
      until: '1h',
    },
    {
      when: 'one of two replicas dies and its clients go to the other',
      given: [
        active(1, flat(200, '15m'), gone()),
        active(2, flat(200, '15m'), flat(400)),
        broken(atOnce(200), 2),
        requests(growing(10)),
      ],
    },
    {
      when: 'everybody locks their telephone, and takes the HTTP traffic along',
      given: [
        active(1, flat(400, '15m'), flat(100)),
        broken(atOnce(300), 1, 'heartbeat_timeout'),
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
      given: [active(1, flat(40, '15m'), flat(5)), broken(atOnce(35)), requests(growing(10))],
    },
    {
      when: 'a third of the connections is lost',
      given: [active(1, flat(400, '15m'), flat(270)), broken(atOnce(130)), requests(growing(10))],
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
      zh: 'chat-1:8000 承载的 WebSocket 连接是其他副本平均值的 3.0 倍，新连接也仍然偏向它。它会最先变慢；一旦退出，大部分用户会同时掉线。',
      en: 'chat-1:8000 carries 3.0 times as many WebSocket connections as the other replicas on average, and newcomers still go to it rather than to them. It slows down first, and when it ends most users drop out at once.',
    },
  },
  fires: [
    {
      when: 'one of three replicas carries three times as much as the others',
      given: [active(1, flat(900)), active(2, flat(300)), active(3, flat(300)), ...newcomers(30, 10, 10)],
      counts: { '14m': 0, '16m': 1, '30m': 1 },
    },
    {
      when: 'one of two replicas carries everything',
      given: [active(1, flat(500)), active(2, flat(0)), ...newcomers(20, 0)],
      counts: { '16m': 1 },
    },
  ],
  silent: [
    {
      when: 'three more replicas were started, and newcomers go to all six alike',
      given: [
        ...[1, 2, 3].map((number) => active(number, flat(1_000))),
        ...[4, 5, 6].map((number) => active(number, nothing('10m'), '0+5x200')),
        ...newcomers(20, 20, 20, 20, 20, 20),
      ],
      until: '1h',
    },
    { when: 'there is only one replica', given: [active(1, flat(5_000)), ...newcomers(30)] },
    {
      when: 'two replicas share three to two',
      given: [active(1, flat(600)), active(2, flat(400)), ...newcomers(30, 10)],
    },
    {
      when: 'a hundred connections meet ten',
      given: [active(1, flat(100)), active(2, flat(10)), ...newcomers(30, 10)],
    },
    {
      when: 'a replica that has just started fills up within ten minutes',
      given: [active(1, flat(500)), active(2, '0+20x25 500+0x240'), ...newcomers(10, 80)],
    },
  ],
};

export const drainStuck: AlertCases = {
  alert: 'ChatRoomDrainStuck',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '副本 chat-1:8000 下线时仍有 40% 的连接没有离开',
      en: '40% of the connections did not leave replica chat-1:8000 while it drained',
    },
    description: {
      zh: 'chat-1:8000 下线时要求客户端改连其他副本，但时限已到仍有 40% 的连接没有离开，随后被强制断开。通常是其他副本已满、网关仍把连接送回原处，或客户端不理会该要求。',
      en: 'chat-1:8000 asked its clients to go elsewhere, and when their time was over 40% of the connections were still there, to be cut off when the replica ends. The other replicas are full, the gateway sends people back, or clients do not heed the request.',
    },
  },
  fires: [
    {
      when: 'four in ten are still there at the only look before the replica ends, and is remembered for five minutes',
      given: [overdue(flat(0, '345s'), '120', gone()), active(1, flat(300, '5m'), '200 150 130 120', gone())],
      counts: { '345s': 0, '7m': 1, '10m': 1, '12m': 0 },
    },
  ],
  silent: [
    {
      when: 'seven of three hundred do not heed the request',
      given: [overdue(flat(0, '345s'), '7', gone()), active(1, flat(300, '5m'), '200 100 30 7', gone())],
    },
    {
      when: 'the three who are connected at night stay to the end',
      given: [overdue(flat(0, '345s'), '3', gone()), active(1, flat(3, '6m'), gone())],
    },
    { when: 'nothing drains', given: [overdue(flat(0)), active(1, flat(300))] },
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
