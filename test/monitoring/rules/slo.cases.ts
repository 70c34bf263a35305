import { httpRequestDurationSeconds, httpRequestsTotal } from '../../../monitoring/metrics/chatroom';
import { messageDeliverySeconds, messagesRefusedTotal } from '../../../monitoring/metrics/chatroom-delivery';
import { ready } from '../../../monitoring/metrics/chatroom-process';
import { nginxUp } from '../../../monitoring/metrics/nginx';
import { nginxFrontendResponsesTotal } from '../../../monitoring/metrics/nginx-log';
import { up } from '../../../monitoring/metrics/target';
import type { Duration } from '../../../monitoring/model/duration';
import type { Metric } from '../../../monitoring/model/metric';
import { buckets, countOf, series } from '../../../monitoring/model/promql';
import type { AlertCases, Firing, Silent } from './case';
import { counting, flat, given, gone, growing, onlyWhileUp, type Given } from './given';

const server = { job: 'chatroom-server', instance: 'chat-1:8000' };
/** A server that is ready while it answers, which is all the time where nothing else is said. */
const answering = (...values: readonly string[]): readonly Given[] => {
  const phases = values.length > 0 ? values : [flat(1, '1d')];
  return [given(series(up, server), ...phases), given(series(ready, server), ...onlyWhileUp(...phases))];
};
const requests = (status: string, pace: string) =>
  given(series(httpRequestsTotal, { ...server, method: 'GET', path: '/api/rooms', status }), pace);

/** Events that all take equally long, as a histogram counts them; the pace is the same for all its series. */
function observations(
  metric: Metric,
  labels: Readonly<Record<string, string>>,
  seconds: number,
  pace: string,
) {
  return [
    ...[...metric.buckets!, Infinity].map((bound) =>
      given(
        buckets(metric, { ...server, ...labels, le: bound === Infinity ? '+Inf' : String(bound) }),
        seconds <= bound ? pace : flat(0, '1d'),
      ),
    ),
    given(countOf(metric, { ...server, ...labels }), pace),
  ];
}

/** Fast and slow events side by side, in two series of one histogram. */
const mixed = (metric: Metric, slow: number, fast: string, late: string): readonly Given[] =>
  metric.labels.length > 0
    ? [
        ...observations(metric, { method: 'GET', path: '/api/rooms' }, 0.05, fast),
        ...observations(metric, { method: 'GET', path: '/api/messages' }, slow, late),
      ]
    : [
        ...observations(metric, { instance: 'chat-1:8000' }, 0.05, fast),
        ...observations(metric, { instance: 'chat-2:8000' }, slow, late),
      ];

const steady = (perSecond: number, lasting: '2h' | '1d' = '2h') => counting([{ perSecond, lasting }]);

/** Ends early enough before a case looks that what is recorded stands still: promtool runs groups in any order. */
const untilRecently = (perSecond: number) =>
  counting([
    { perSecond, lasting: '105m' },
    { perSecond: 0, lasting: '3h' },
  ]);

const nginx = (number: number, ...values: readonly string[]) =>
  given(series(nginxUp, { job: 'nginx-exporter', instance: `nginx-${number}:9113` }), ...values);
const front = (status: string, pace: string) =>
  given(
    series(nginxFrontendResponsesTotal, { job: 'nginx-log-exporter', instance: 'nginx:9117', class: status }),
    pace,
  );

/** What is true of every promise, since it is about the servers and not about what they are asked. */
const outages = (told: Duration): readonly Firing[] => [
  {
    when: 'no server answers, although nobody asks',
    given: [...answering(flat(1, '10m'), flat(0))],
    counts: { '10m': 0, [told]: 1 },
  },
  {
    when: 'the job has lost all its targets',
    given: [
      ...answering(flat(1, '10m'), gone()),
      given(series(up, { job: 'prometheus', instance: 'localhost:9090' }), flat(1)),
    ],
    counts: { '10m': 0, [told]: 1 },
  },
  {
    when: 'every server answers and none is ready, although nobody asks',
    given: [given(series(up, server), flat(1)), given(series(ready, server), flat(1, '10m'), flat(0))],
    counts: { '10m': 0, [told]: 1 },
  },
  {
    when: 'every nginx is down before servers that are ready',
    given: [...answering(), nginx(1, flat(1, '5m'), flat(0)), nginx(2, flat(1, '10m'), flat(0))],
    counts: { '10m': 0, [told]: 1 },
  },
];

const quiet: readonly Silent[] = [
  { when: 'Prometheus has started before anything else', given: [...answering(flat(0, '30s'), flat(1))] },
  { when: 'nobody asks anything for hours', given: [...answering()], until: '3h' },
  {
    when: 'one of two servers is down and the other answers',
    given: [
      ...answering(flat(0)),
      given(series(up, { ...server, instance: 'chat-2:8000' }), flat(1)),
      given(series(ready, { ...server, instance: 'chat-2:8000' }), flat(1)),
    ],
  },
  {
    when: 'one of two nginx is down and the other answers',
    given: [...answering(), nginx(1, flat(0)), nginx(2, flat(1))],
  },
];

export const availabilityBurningFast: AlertCases = {
  alert: 'ChatRoomAvailabilityBudgetBurningFast',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'SLO 错误预算正在快速耗尽：99.9% 的请求成功',
      en: 'The error budget burns fast: 99.9 % of requests succeed',
    },
    description: {
      zh: '最近一个时间窗口内有 5.021% 不达标。按此速度，30 天的错误预算会在两到五天内用完，请立即处理。',
      en: '5.021% broke the promise over the last window. At this pace the budget of 30 days is gone within two to five days. Act now.',
    },
  },
  fires: [
    {
      when: 'one request in twenty fails, within half an hour',
      given: [...answering(), requests('200', steady(9.5)), requests('500', steady(0.5))],
      counts: { '10m': 0, '70m': 1, '110m': 1 },
    },
    {
      when: 'every request fails, within five minutes',
      given: [
        ...answering(),
        requests(
          '200',
          counting([
            { perSecond: 10, lasting: '1h' },
            { perSecond: 0, lasting: '1h' },
          ]),
        ),
        requests(
          '500',
          counting([
            { perSecond: 0, lasting: '1h' },
            { perSecond: 10, lasting: '1h' },
          ]),
        ),
      ],
      counts: { '1h': 0, '66m': 1 },
    },
    {
      when: 'nginx answers one request in twenty by itself, of which the servers know nothing',
      given: [
        ...answering(),
        requests('200', steady(9.5)),
        requests('500', steady(0)),
        front('2xx', steady(9.5)),
        front('499', steady(90)),
        front('5xx', steady(0.5)),
      ],
      counts: { '10m': 0, '70m': 1, '110m': 1 },
    },
    ...outages('14m'),
  ],
  silent: [
    {
      when: 'nginx is asked for what is not there, and clients leave before they are answered',
      given: [
        ...answering(),
        requests('200', steady(10)),
        front('2xx', steady(10)),
        front('4xx', steady(5)),
        front('499', steady(5)),
        front('5xx', steady(0)),
      ],
      until: '1h',
    },
    {
      when: 'two errors are all that happened at night',
      given: [
        ...answering(),
        requests('200', growing(0.01)),
        requests(
          '500',
          counting([
            { perSecond: 0, lasting: '5m' },
            { perSecond: 2 / 15, lasting: '15s' },
            { perSecond: 0, lasting: '55m' },
          ]),
        ),
      ],
      until: '1h',
    },
    {
      when: 'servers start again and again and every request succeeds',
      given: [
        ...answering(),
        requests('200', counting([{ perSecond: 10, lasting: '4m', restarted: true }], 15)),
        requests('500', counting([{ perSecond: 0, lasting: '4m', restarted: true }], 15)),
      ],
      until: '1h',
    },
    {
      when: 'one request in five hundred fails, which is a matter for the day',
      given: [...answering(), requests('200', steady(9.98)), requests('500', steady(0.02))],
      until: '2h',
    },
    ...quiet,
  ],
};

export const availabilityBurningSlowly: AlertCases = {
  alert: 'ChatRoomAvailabilityBudgetBurningSlowly',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'SLO 错误预算持续消耗：99.9% 的请求成功',
      en: 'The error budget drains: 99.9 % of requests succeed',
    },
    description: {
      zh: '最近一个时间窗口内有 0.373% 不达标。按此速度，预算会在 30 天结束之前用完，请在工作时间内查明原因。',
      en: '0.373% broke the promise over the last window. At this pace the budget will not last the 30 days. Find the cause in working hours.',
    },
  },
  fires: [
    {
      when: 'one request in twenty fails for an hour and three quarters',
      given: [...answering(), requests('200', steady(9.5, '1d')), requests('500', untilRecently(0.5))],
      counts: { '1h': 0, '2h': 1 },
    },
  ],
  silent: [
    {
      when: 'one request in two thousand fails, as promised',
      given: [...answering(), requests('200', steady(9.995, '1d')), requests('500', steady(0.005, '1d'))],
      until: '3h',
    },
  ],
};

const slowRequests = (late: number, lasting?: '1d') =>
  mixed(httpRequestDurationSeconds, 4, steady(10 - late, lasting), steady(late, lasting));
const lateMessages = (late: number, lasting?: '1d', all = 10) =>
  mixed(messageDeliverySeconds, 0.8, steady(all - late, lasting), steady(late, lasting));
const refused = (reason: string, pace: string) =>
  given(series(messagesRefusedTotal, { ...server, reason }), pace);

export const latencyBurningFast: AlertCases = {
  alert: 'ChatRoomLatencyBudgetBurningFast',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'SLO 错误预算正在快速耗尽：99% 的请求在 2 秒内完成',
      en: 'The error budget burns fast: 99 % of requests are answered within 2 s',
    },
    description: {
      zh: '最近一个时间窗口内有 50.21% 不达标。按此速度，30 天的错误预算会在两到五天内用完，请立即处理。',
      en: '50.21% broke the promise over the last window. At this pace the budget of 30 days is gone within two to five days. Act now.',
    },
  },
  fires: [
    {
      when: 'half of the requests take four seconds',
      given: [...answering(), ...slowRequests(5)],
      counts: { '5m': 0, '70m': 1 },
    },
    ...outages('22m'),
  ],
  silent: [
    {
      when: 'one request in twenty takes four seconds',
      given: [...answering(), ...slowRequests(0.5)],
      until: '2h',
    },
  ],
};

export const latencyBurningSlowly: AlertCases = {
  alert: 'ChatRoomLatencyBudgetBurningSlowly',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'SLO 错误预算持续消耗：99% 的请求在 2 秒内完成',
      en: 'The error budget drains: 99 % of requests are answered within 2 s',
    },
    description: {
      zh: '最近一个时间窗口内有 3.748% 不达标。按此速度，预算会在 30 天结束之前用完，请在工作时间内查明原因。',
      en: '3.748% broke the promise over the last window. At this pace the budget will not last the 30 days. Find the cause in working hours.',
    },
  },
  fires: [
    {
      when: 'half of the requests take four seconds for an hour and three quarters',
      given: [...answering(), ...mixed(httpRequestDurationSeconds, 4, steady(5, '1d'), untilRecently(5))],
      counts: { '1h': 0, '2h': 1 },
    },
  ],
  silent: [
    {
      when: 'one in two hundred does, as promised',
      given: [...answering(), ...slowRequests(0.05, '1d')],
      until: '3h',
    },
  ],
};

export const deliveryBurningFast: AlertCases = {
  alert: 'ChatRoomDeliveryBudgetBurningFast',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'SLO 错误预算正在快速耗尽：99% 的消息在 500 毫秒内送达',
      en: 'The error budget burns fast: 99 % of messages are delivered within 500 ms',
    },
    description: {
      zh: '最近一个时间窗口内有 50.21% 不达标。按此速度，30 天的错误预算会在两到五天内用完，请立即处理。',
      en: '50.21% broke the promise over the last window. At this pace the budget of 30 days is gone within two to five days. Act now.',
    },
  },
  fires: [
    {
      when: 'half of the messages take most of a second',
      given: [...answering(), ...lateMessages(5)],
      counts: { '5m': 0, '70m': 1 },
    },
    {
      when: 'every message is refused, so that none is late',
      given: [...answering(), ...lateMessages(0, undefined, 0), refused('unavailable', steady(2))],
      counts: { '5m': 0, '70m': 1 },
    },
    ...outages('22m'),
  ],
  silent: [
    { when: 'one message in twenty does', given: [...answering(), ...lateMessages(0.5)], until: '2h' },
    {
      when: 'somebody writes too fast, and where they are not',
      given: [
        ...answering(),
        ...lateMessages(0),
        refused('rate_limited', steady(50)),
        refused('not_joined', steady(50)),
        refused('unavailable', steady(0)),
      ],
      until: '2h',
    },
  ],
};

export const deliveryBurningSlowly: AlertCases = {
  alert: 'ChatRoomDeliveryBudgetBurningSlowly',
  says: {
    labels: { job: 'chatroom-server' },
    summary: {
      zh: 'SLO 错误预算持续消耗：99% 的消息在 500 毫秒内送达',
      en: 'The error budget drains: 99 % of messages are delivered within 500 ms',
    },
    description: {
      zh: '最近一个时间窗口内有 3.748% 不达标。按此速度，预算会在 30 天结束之前用完，请在工作时间内查明原因。',
      en: '3.748% broke the promise over the last window. At this pace the budget will not last the 30 days. Find the cause in working hours.',
    },
  },
  fires: [
    {
      when: 'half of the messages take most of a second for an hour and three quarters',
      given: [...answering(), ...mixed(messageDeliverySeconds, 0.8, steady(5, '1d'), untilRecently(5))],
      counts: { '1h': 0, '2h': 1 },
    },
  ],
  silent: [
    {
      when: 'one in two hundred does, as promised',
      given: [...answering(), ...lateMessages(0.05, '1d')],
      until: '3h',
    },
  ],
};
