import { nginxHttpRequestsTotal, nginxUp } from '../../../monitoring/metrics/nginx';
import {
  nginxFrontendLinesRefusedTotal,
  nginxFrontendResponsesTotal,
  nginxFrontendUpstreamFailuresTotal,
} from '../../../monitoring/metrics/nginx-log';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, gone, growing, type Given } from './given';

const front = (number = 1) => ({ job: 'nginx-log-exporter', instance: `nginx-${number}:9117` });

/** What one nginx answers with one class of status; a figure is a steady pace. */
function answers(status: string, pace: number | string, number = 1): Given {
  return given(
    series(nginxFrontendResponsesTotal, { ...front(number), class: status }),
    typeof pace === 'string' ? pace : growing(pace),
  );
}

function unreached(pace: number | string, reason = 'unreachable', number = 1): Given {
  return given(
    series(nginxFrontendUpstreamFailuresTotal, { ...front(number), reason }),
    typeof pace === 'string' ? pace : growing(pace),
  );
}

/** Nothing for ten minutes, this many a second for a while, and then nothing again. */
const spell = (perSecond: number, lasting: '15s' | '1m' | '10m') =>
  counting([
    { perSecond: 0, lasting: '10m' },
    { perSecond, lasting },
    { perSecond: 0, lasting: '30m' },
  ]);

const job = { job: 'nginx-log-exporter' };

export const upstreamGone: AlertCases = {
  alert: 'NginxUpstreamGone',
  says: {
    labels: job,
    summary: {
      zh: 'nginx 连不上聊天服务器：20% 的请求无人应答',
      en: 'nginx reaches no chat server for 20% of the requests',
    },
    description: {
      zh: '最近 5 分钟内，聊天服务器连不上或被判定为全部失效，nginx 对 20% 的请求直接返回 502 或 504。用户进不了聊天室，无论服务器自身是否正常。',
      en: 'Over the last 5 minutes nginx could not reach a chat server, or took none to be alive, and answered 20% of the requests with 502 or 504. Users cannot get in, however well the servers are.',
    },
  },
  fires: [
    {
      when: 'one request in five finds no server, and no sooner than after two minutes',
      given: [answers('2xx', 8), answers('5xx', 2), unreached(2)],
      counts: { '90s': 0, '5m': 1, '30m': 1 },
    },
    {
      when: 'one of three nginxes is cut off, once for all of them',
      given: [
        ...[1, 2, 3].map((number) => answers('2xx', number === 1 ? 0 : 5, number)),
        answers('5xx', 5),
        unreached(1),
        unreached(4, 'no_live_upstream'),
      ],
      counts: { '5m': 1 },
    },
    {
      when: 'servers are out of reach for ten minutes, and stays until what hangs on them has recovered',
      given: [answers('2xx', 5), answers('5xx', spell(20, '10m')), unreached(spell(20, '10m'))],
      counts: { '10m': 0, '15m': 1, '21m': 1, '23m': 0 },
    },
  ],
  silent: [
    {
      when: 'the servers answer everything with 503 themselves',
      given: [answers('5xx', 5), unreached(flat(0))],
    },
    {
      when: 'one request in ten finds no server, which is the threshold itself',
      given: [answers('2xx', 9), answers('5xx', 1), unreached(1)],
    },
    {
      when: 'a roll-out takes all servers away for fifteen seconds',
      given: [answers('2xx', 2), answers('5xx', spell(10, '15s')), unreached(spell(10, '15s'))],
    },
    {
      when: 'three requests a minute are all there is',
      given: [answers('5xx', 0.05), unreached(0.05)],
    },
    {
      when: 'nobody comes, whatever happened before',
      given: [answers('5xx', flat(500)), unreached(flat(500))],
    },
    {
      when: 'clients leave before their answer, which makes none of the few others more',
      given: [answers('499', 10), answers('5xx', 0.05), unreached(0.05)],
    },
  ],
};

export const highErrorRate: AlertCases = {
  alert: 'NginxHighErrorRate',
  says: {
    labels: job,
    summary: {
      zh: '用户看到的错误过多：nginx 对 20% 的请求返回 5xx',
      en: 'Users see errors: nginx answers 20% of the requests with 5xx',
    },
    description: {
      zh: '最近 5 分钟内，从前端看有 20% 的请求以 5xx 结束，而聊天服务器没有为此告警：错误可能出自 nginx 自身，或出自没有被监控的服务器。',
      en: 'Over the last 5 minutes 20% of the requests ended with 5xx as seen from the front, and no alert of the chat servers accounts for it: nginx itself refuses them, or a server that nobody watches does.',
    },
  },
  fires: [
    {
      when: 'one answer in five is 5xx, and no sooner than after three minutes',
      given: [answers('2xx', 8), answers('5xx', 2)],
      counts: { '150s': 0, '5m': 1, '30m': 1 },
    },
    {
      when: 'no server is reached, behind the alert that says so',
      given: [answers('5xx', 5), unreached(5)],
      counts: { '3m': 0, '5m': 1 },
      others: { NginxUpstreamGone: { '3m': 1, '5m': 1 } },
    },
    {
      when: 'one of two nginxes fails and the other is gone',
      given: [
        answers('2xx', `${counting([{ perSecond: 5, lasting: '5m' }])} ${gone()}`),
        answers('5xx', 3, 2),
      ],
      counts: { '20m': 1 },
    },
    {
      when: 'errors last for ten minutes, and ends soon after they do',
      given: [answers('2xx', 10), answers('5xx', spell(10, '10m'))],
      counts: { '15m': 1, '20m': 1, '22m': 0 },
    },
  ],
  silent: [
    {
      when: 'one answer in ten is 5xx, which is the threshold itself',
      given: [answers('2xx', 9), answers('5xx', 1)],
    },
    {
      when: 'everything fails for a minute',
      given: [answers('2xx', 10), answers('5xx', spell(10, '1m'))],
    },
    { when: 'clients are wrong or leave', given: [answers('4xx', 8), answers('499', 8)] },
    { when: 'three errors a minute are all there is', given: [answers('5xx', 0.05)] },
    {
      when: 'a thousand people go home, whose connections are logged as they end',
      given: [answers('2xx', 1), answers('1xx', spell(50, '1m')), answers('5xx', 0.05)],
    },
  ],
};

export const highClientErrorRate: AlertCases = {
  alert: 'NginxHighClientErrorRate',
  says: {
    labels: job,
    summary: { zh: 'nginx 对 40% 的请求返回 4xx', en: 'nginx answers 40% of the requests with 4xx' },
    description: {
      zh: '40% 的请求得到 4xx，并已持续 10 分钟。个别人的错误和扫描到不了这一比例：多半是页面与服务器的版本不符，或网关把请求转到了别处。',
      en: 'For 10 minutes 40% of the requests have been answered with 4xx. What single clients get wrong and what scanners try does not come to that: most likely the page and the servers are of different releases, or the gateway sends requests to the wrong place.',
    },
  },
  fires: [
    {
      when: 'two requests in five are refused, and no sooner than after ten minutes',
      given: [answers('2xx', 6), answers('4xx', 4)],
      counts: { '10m': 0, '11m': 1, '30m': 1 },
    },
    {
      when: 'everything leads nowhere',
      given: [answers('4xx', 1)],
      counts: { '15m': 1 },
    },
  ],
  silent: [
    {
      when: 'three in ten are, which is the threshold itself',
      given: [answers('2xx', 7), answers('4xx', 3)],
    },
    {
      when: 'somebody scans for a minute',
      given: [answers('2xx', 5), answers('4xx', spell(100, '1m'))],
    },
    {
      when: 'a scanner is nearly alone at night',
      given: [answers('2xx', 0.01), answers('4xx', 0.15)],
    },
    {
      when: 'half of the clients leave before their answer',
      given: [answers('2xx', 5), answers('499', 5)],
    },
    { when: 'nobody comes', given: [answers('2xx', flat(100)), answers('4xx', flat(900))] },
  ],
};

const refused = (pace: number | string) =>
  given(series(nginxFrontendLinesRefusedTotal, front()), typeof pace === 'string' ? pace : growing(pace));
const taken = (pace: number) => [
  given(series(nginxHttpRequestsTotal, { job: 'nginx-exporter', instance: 'nginx-1:9113' }), growing(pace)),
  given(series(nginxUp, { job: 'nginx-exporter', instance: 'nginx-1:9113' }), flat(1)),
];

export const logUnreadable: AlertCases = {
  alert: 'NginxLogUnreadable',
  says: {
    labels: { ...job, instance: 'nginx-1:9117' },
    summary: {
      zh: 'nginx 日志采集器 nginx-1:9117 读不懂 20% 的日志',
      en: 'The nginx log exporter nginx-1:9117 cannot read 20% of the log',
    },
    description: {
      zh: '最近 10 分钟内，nginx-1:9117 收到的访问日志有 20% 不符合约定的格式，没有计入。从前端看到的错误率因此失真；全部读不懂时，相关告警会沉默。',
      en: 'Over the last 10 minutes 20% of the access log that nginx-1:9117 received was not in the agreed format and was not counted. What is known of errors seen from the front is wrong, and when no line can be read nothing is known at all.',
    },
  },
  fires: [
    {
      when: 'one line in five is in another format',
      given: [answers('2xx', 4), refused(1)],
      counts: { '4m': 0, '10m': 1 },
    },
    {
      when: 'every line is, which is not taken for a log that does not arrive',
      given: [answers('2xx', '100+0x240'), refused(1), ...taken(2)],
      counts: { '10m': 1 },
      others: { NginxLogSilent: { '10m': 0, '30m': 0 } },
    },
  ],
  silent: [
    {
      when: 'somebody who scans ports sends a line',
      given: [answers('2xx', 0.01), refused('0+0x40 1+0x200')],
    },
    { when: 'every line is read', given: [answers('2xx', 4), answers('5xx', 4), refused(0)] },
  ],
};

export const logSilent: AlertCases = {
  alert: 'NginxLogSilent',
  says: {
    summary: {
      zh: 'nginx 的访问日志没有送达：10 分钟内 1200 个请求，日志为零',
      en: 'The access log of nginx does not arrive: 1200 requests in 10 minutes, and not one line',
    },
    description: {
      zh: '最近 10 分钟内 nginx 处理了 1200 个请求，日志采集器却一行日志也没有收到。从前端看到的错误率、上游失联等告警此时全部失明。',
      en: 'Within 10 minutes nginx took 1200 requests and its log exporter received no line. The alerts about errors seen from the front and about servers that nginx cannot reach are blind.',
    },
  },
  fires: [
    {
      when: 'requests go on and lines no longer come',
      given: [
        ...taken(2),
        answers(
          '2xx',
          counting([
            { perSecond: 2, lasting: '10m' },
            { perSecond: 0, lasting: '50m' },
          ]),
        ),
        refused(0),
      ],
      counts: { '19m': 0, '26m': 1, '1h': 1 },
    },
  ],
  silent: [
    {
      when: 'nobody asks for anything but probes and exporters',
      given: [...taken(26 / 60), answers('2xx', 0), refused(0)],
    },
    { when: 'lines come', given: [...taken(2), answers('2xx', 1.5), refused(0)] },
  ],
};
