import { alerts } from '../../../monitoring/metrics/alerts';
import { exceptionsTotal, messagesTotal, usersOnline } from '../../../monitoring/metrics/chatroom';
import {
  fanoutLagSeconds,
  historyQueryDurationSeconds,
  messagesRefusedTotal,
} from '../../../monitoring/metrics/chatroom-delivery';
import { webhookNotificationsTotal } from '../../../monitoring/metrics/chatroom-webhook';
import type { Duration } from '../../../monitoring/model/duration';
import { buckets, countOf, series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing, nothing, type Given, type Stretch } from './given';

const replica = (number = 1) => ({ job: 'chatroom-server', instance: `chat-${number}:8000` });
const online = (...values: readonly string[]) => given(series(usersOnline, replica()), ...values);
const messages = (pace: string) => given(series(messagesTotal, replica()), pace);
const exceptions = (perSecond: number, number = 1) =>
  given(series(exceptionsTotal, { ...replica(number), origin: 'websocket' }), growing(perSecond));
const notifications = (result: string, pace: string) =>
  given(
    series(webhookNotificationsTotal, { job: 'chatroom-webhook', instance: 'webhook:8080', result }),
    pace,
  );

const refusals = (reason: string, pace: string) =>
  given(series(messagesRefusedTotal, { ...replica(), reason }), pace);

/** What people tried to send into a room that they are not in, as a page might that is broken. */
const attempts = (pace: string) =>
  given(series(messagesRefusedTotal, { ...replica(), reason: 'not_joined' }), pace);

/** Observations that are all the same, as a histogram counts them. */
function observations(
  metric: typeof fanoutLagSeconds | typeof historyQueryDurationSeconds,
  perSecond: number,
  seconds: number,
): readonly Given[] {
  return [
    ...[...metric.buckets!, Infinity].map((bound) =>
      given(
        buckets(metric, { ...replica(), le: bound === Infinity ? '+Inf' : String(bound) }),
        growing(seconds <= bound ? perSecond : 0),
      ),
    ),
    given(countOf(metric, replica()), growing(perSecond)),
  ];
}

/** Quick ones all the time, and slow ones besides for a stretch. */
function mixed(
  metric: typeof fanoutLagSeconds | typeof historyQueryDurationSeconds,
  quick: number,
  slow: readonly Stretch[],
  repeated = 1,
): readonly Given[] {
  const pace = (bothAreWithin: boolean) =>
    counting(
      slow.map(({ perSecond, lasting }) => ({ perSecond: quick + (bothAreWithin ? perSecond : 0), lasting })),
      repeated,
    );
  return [
    ...[...metric.buckets!, Infinity].map((bound) =>
      given(
        buckets(metric, { ...replica(), le: bound === Infinity ? '+Inf' : String(bound) }),
        pace(bound >= 1),
      ),
    ),
    given(countOf(metric, replica()), pace(true)),
  ];
}

/** Two of ten a minute are slow, every other minute. */
const nowAndThen = [
  { perSecond: 4 / 60, lasting: '1m' },
  { perSecond: 0, lasting: '1m' },
] as const;

/** An alert that fires for so long, and has not before. */
const firing = (alertname: string, after: Duration, lasting: Duration) =>
  given(series(alerts, { alertname, alertstate: 'firing' }), nothing(after), flat(1, lasting), gone());

export const messagesRefused: AlertCases = {
  alert: 'ChatRoomMessagesRefused',
  says: {
    labels: { job: 'chatroom-server' },
    summary: { zh: '聊天服务拒收了 50% 的消息', en: 'The chat room refuses 50% of the messages' },
    description: {
      zh: '最近 5 分钟内，用户发送的消息有 50% 因服务自身的原因（消息无法保存、积压过多或内部错误）被拒收。用户看到发送失败，客户端在不断重试。',
      en: 'Over the last 5 minutes 50% of what users sent was refused for a fault of the service: it cannot be stored, too much is waiting, or something broke. Users see that their messages do not go out, and their clients keep trying.',
    },
  },
  fires: [
    {
      when: 'every other message cannot be stored',
      given: [messages(growing(2)), refusals('unavailable', growing(2))],
      counts: { '2m': 0, '4m': 1, '30m': 1 },
    },
    {
      when: 'nothing is taken any more, and ends two minutes after it is',
      given: [
        messages(
          counting([
            { perSecond: 2, lasting: '10m' },
            { perSecond: 0, lasting: '10m' },
            { perSecond: 2, lasting: '30m' },
          ]),
        ),
        refusals(
          'overloaded',
          counting([
            { perSecond: 0, lasting: '10m' },
            { perSecond: 1, lasting: '10m' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
      ],
      counts: { '10m': 0, '14m': 1, '20m': 1, '23m': 0 },
    },
    {
      when: 'a defect refuses what little is sent',
      given: [messages(flat(0)), refusals('internal', growing(0.1))],
      counts: { '30m': 1 },
    },
  ],
  silent: [
    {
      when: 'one message in twenty is refused',
      given: [messages(growing(1.9)), refusals('unavailable', growing(0.1))],
    },
    {
      when: 'ten messages in five minutes are all that is sent, and are refused',
      given: [messages(flat(0)), refusals('unavailable', growing(1 / 30))],
    },
    {
      when: 'somebody writes too fast, and where they are not',
      given: [
        messages(growing(1)),
        refusals('rate_limited', growing(5)),
        refusals('not_joined', growing(5)),
        refusals('hello_required', growing(5)),
        refusals('unavailable', flat(0)),
      ],
    },
    {
      when: 'servers start again and again and refuse nothing',
      given: [
        messages(counting([{ perSecond: 3, lasting: '4m', restarted: true }], 15)),
        refusals('unavailable', counting([{ perSecond: 0, lasting: '4m', restarted: true }], 15)),
      ],
    },
  ],
};

export const messagesFlat: AlertCases = {
  alert: 'ChatRoomMessagesFlat',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: '有 80 名用户在线，却没有一条消息',
      en: '80 users are online and not one message is sent',
    },
    description: {
      zh: '过去 10 分钟内至少有 80 名用户在线，但服务器没有接受任何一条聊天消息，尽管有人尝试发送，或往日此时一直有人说话。很可能是发送路径（网关、网页或消息保存）坏了，而连接看起来一切正常。',
      en: 'At least 80 users were online for 10 minutes and the servers accepted no message, although some were tried or people always talk at this hour. The way in (gateway, page or message store) is probably broken although connections look well.',
    },
  },
  fires: [
    {
      when: 'eighty users are online and from one moment on whatever they send is refused',
      given: [
        online(flat(80)),
        messages(
          counting([
            { perSecond: 2, lasting: '10m' },
            { perSecond: 0, lasting: '50m' },
          ]),
        ),
        attempts(growing(0.1)),
      ],
      counts: { '20m': 0, '26m': 1, '50m': 1 },
    },
    {
      when: 'everything is refused for half an hour, and ends with the first message',
      given: [
        online(flat(80)),
        messages(
          counting([
            { perSecond: 2, lasting: '5m' },
            { perSecond: 0, lasting: '30m' },
            { perSecond: 1, lasting: '20m' },
          ]),
        ),
        attempts(growing(0.1)),
      ],
      counts: { '34m': 1, '36m': 0 },
    },
    {
      when: 'nothing arrives at an hour in which people talked all the time yesterday',
      given: [
        online(flat(80, '26h')),
        messages(
          counting([
            { perSecond: 1 / 30, lasting: '25h' },
            { perSecond: 0, lasting: '1h' },
          ]),
        ),
        attempts(flat(0, '26h')),
      ],
      counts: { '25h': 0, '1516m': 1, '1550m': 1 },
    },
  ],
  silent: [
    {
      when: 'eighty pages are open at night, and nobody tries to say anything',
      given: [
        online(flat(80)),
        messages(
          counting([
            { perSecond: 1, lasting: '5m' },
            { perSecond: 0, lasting: '55m' },
          ]),
        ),
        attempts(flat(0)),
      ],
      until: '1h',
    },
    {
      when: 'it was as quiet at this hour yesterday',
      given: [
        online(flat(80, '26h')),
        messages(
          counting([
            { perSecond: 1, lasting: '80m' },
            { perSecond: 0, lasting: '20m' },
            { perSecond: 1, lasting: '1400m' },
            { perSecond: 0, lasting: '1h' },
          ]),
        ),
        attempts(flat(0, '26h')),
      ],
      until: '26h',
    },
    {
      when: 'a single client is refused now and then',
      given: [online(flat(80)), messages(flat(100)), attempts(growing(1 / 300))],
      until: '1h',
    },
    {
      when: 'thirty users are refused, who are few',
      given: [online(flat(30)), messages(flat(100)), attempts(growing(0.1))],
      until: '1h',
    },
    {
      when: 'eighty users send a message every five minutes',
      given: [online(flat(80)), messages(growing(1 / 300)), attempts(growing(0.1))],
      until: '1h',
    },
    {
      when: 'everybody has only just come',
      given: [
        online(flat(3, '20m'), flat(80)),
        messages(
          counting([
            { perSecond: 0, lasting: '25m' },
            { perSecond: 1, lasting: '30m' },
          ]),
        ),
        attempts(growing(0.1)),
      ],
      until: '1h',
    },
  ],
};

export const fanoutLagging: AlertCases = {
  alert: 'ChatRoomFanoutLagging',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: '副本之间的消息转发变慢：P95 为 975ms',
      en: 'Messages travel slowly between replicas: p95 is 975ms',
    },
    description: {
      zh: '最近 5 分钟内，每 20 次跨副本转发就有 1 次超过 975ms。连接在不同副本上的用户会看到消息迟到，甚至顺序错乱。',
      en: 'Over the last 5 minutes one in twenty transfers between replicas took longer than 975ms. Users on different replicas see each other late.',
    },
  },
  fires: [
    {
      when: 'what another replica says takes most of a second to arrive',
      given: observations(fanoutLagSeconds, 2, 0.8),
      counts: { '4m': 0, '10m': 1 },
    },
    {
      when: 'two in twenty are late, in every other minute',
      given: mixed(fanoutLagSeconds, 8 / 60, nowAndThen, 30),
      counts: { '12m': 1, '20m': 1, '31m': 1, '42m': 1, '53m': 1 },
    },
  ],
  silent: [
    {
      when: 'Redis is down, and for as long as the window remembers that',
      given: [
        ...mixed(fanoutLagSeconds, 8 / 60, [
          { perSecond: 0, lasting: '10m' },
          { perSecond: 2, lasting: '10m' },
          { perSecond: 0, lasting: '40m' },
        ]),
        firing('RedisDown', '12m', '11m'),
      ],
      until: '1h',
    },
    { when: 'it takes a third of a second', given: observations(fanoutLagSeconds, 2, 0.3) },
    { when: 'nine messages in five minutes are late', given: observations(fanoutLagSeconds, 0.03, 3) },
    { when: 'there is nothing to pass on', given: observations(fanoutLagSeconds, 0, 3) },
  ],
};

export const historySlow: AlertCases = {
  alert: 'ChatRoomHistorySlow',
  says: {
    labels: { job: 'chatroom-server' },
    summary: { zh: '读取聊天记录变慢：P95 为 975ms', en: 'Reading history is slow: p95 is 975ms' },
    description: {
      zh: '最近 5 分钟内，每 20 次历史记录查询就有 1 次超过 975ms，用户进入房间时要等待；数据库连接被占用，写入消息也会变慢。',
      en: 'Over the last 5 minutes one in twenty history queries took longer than 975ms. Users wait when they enter a room, and the connections these queries hold are missing for storing messages.',
    },
  },
  fires: [
    {
      when: 'reading the history of a room takes most of a second',
      given: observations(historyQueryDurationSeconds, 1, 0.8),
      counts: { '4m': 0, '10m': 1 },
    },
    {
      when: 'two in twenty are slow, in every other minute, and ends with the slowness',
      given: mixed(historyQueryDurationSeconds, 8 / 60, [
        ...Array.from({ length: 15 }, () => nowAndThen).flat(),
        { perSecond: 0, lasting: '30m' },
      ]),
      counts: { '12m': 1, '20m': 1, '29m': 1, '45m': 0 },
    },
  ],
  silent: [
    {
      when: 'PostgreSQL is down, and for as long as the window remembers that',
      given: [
        ...mixed(historyQueryDurationSeconds, 8 / 60, [
          { perSecond: 0, lasting: '10m' },
          { perSecond: 2, lasting: '10m' },
          { perSecond: 0, lasting: '40m' },
        ]),
        firing('PostgreSQLDown', '12m', '11m'),
      ],
      until: '1h',
    },
    { when: 'it takes 40 milliseconds', given: observations(historyQueryDurationSeconds, 1, 0.04) },
    {
      when: 'nine slow queries are all there are',
      given: observations(historyQueryDurationSeconds, 0.03, 5),
    },
  ],
};

export const webhookFailing: AlertCases = {
  alert: 'ChatRoomWebhookFailing',
  says: {
    labels: { job: 'chatroom-webhook', result: 'failed' },
    summary: {
      zh: '告警未能写入聊天室：5 分钟内 60 次（failed）',
      en: 'Alerts do not get into the chat room: 60 notifications failed in 5 minutes',
    },
    description: {
      zh: '最近 5 分钟内，告警机器人有 60 次通知未能写入 #ops（结果：failed）。值班人员在聊天室里看不到这些告警；邮件与 Slack 不受影响。',
      en: 'Over the last 5 minutes 60 notifications were not posted to #ops (result: failed). Whoever watches the room misses them; mail and Slack are not affected.',
    },
  },
  fires: [
    {
      when: 'notifications cannot be posted for ten minutes, and ends when they can',
      given: [
        notifications(
          'failed',
          counting([
            { perSecond: 0, lasting: '5m' },
            { perSecond: 0.2, lasting: '10m' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
        notifications('stored', growing(0.1)),
      ],
      counts: { '6m': 0, '12m': 1, '21m': 0 },
    },
    {
      when: 'Alertmanager has lost its token',
      given: [notifications('unauthorized', growing(0.1)), notifications('failed', flat(0))],
      counts: { '5m': 1 },
    },
  ],
  silent: [
    {
      when: 'every notification is stored',
      given: [
        notifications('failed', flat(0)),
        notifications('rejected', flat(3)),
        notifications('stored', growing(1)),
      ],
    },
  ],
};

export const chatroomExceptions: AlertCases = {
  alert: 'ChatRoomExceptions',
  says: {
    labels: { job: 'chatroom-server', origin: 'websocket' },
    summary: {
      zh: '聊天服务器异常增多：5 分钟内 30 次（websocket）',
      en: 'The chat servers caught 30 exceptions in 5 minutes (websocket)',
    },
    description: {
      zh: '最近 5 分钟内，聊天服务器在 websocket 处捕获了 30 次未预料的异常。每一次都可能是一个用户的操作失败。',
      en: 'Over the last 5 minutes the chat servers caught 30 exceptions that no handler expected, in websocket. Each may be something a user tried and lost.',
    },
  },
  fires: [
    {
      when: 'a handler throws six times a minute',
      given: [exceptions(0.1)],
      counts: { '1m': 0, '10m': 1 },
    },
    {
      when: 'it throws for ten minutes, and ends with the first quiet one',
      given: [
        given(
          series(exceptionsTotal, { ...replica(), origin: 'postgres' }),
          counting([
            { perSecond: 0.1, lasting: '10m' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
      ],
      counts: { '10m': 1, '12m': 0 },
    },
    {
      when: 'two replicas throw as often together',
      given: [exceptions(0.025), exceptions(0.025, 2)],
      counts: { '10m': 1 },
    },
  ],
  silent: [
    { when: 'six exceptions come in five minutes', given: [exceptions(0.02)] },
    { when: 'there is none', given: [exceptions(0)] },
  ],
};
