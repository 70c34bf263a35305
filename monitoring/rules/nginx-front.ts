import type { Duration } from '../model/duration';
import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { nginxHttpRequestsTotal, nginxUp } from '../metrics/nginx';
import {
  nginxFrontendLinesRefusedTotal,
  nginxFrontendResponsesTotal,
  nginxFrontendUpstreamFailuresTotal,
} from '../metrics/nginx-log';
import { outlivesTheLastMinute } from './outlives-consequences';

/** Below this many answers in five minutes a share of them says nothing: one error at night is 100 %. */
const answerFloor = 20;

/** At night whoever scans the internet may be half of the few who come, and is answered with 404. */
const crowdFloor = 60;

/** Five minutes say how bad it is, the last minute that it still is. */
const windows = ['5m', '1m'] as const;

/** Whoever left before the answer, which is status 499, was given none. */
const answered = { class: { not: '499' } } as const;

const answers = (range: Duration) =>
  promql`sum by (job) (rate(${series(nginxFrontendResponsesTotal, answered)}[${range}]))`;

const shareOf = (status: '4xx' | '5xx') => (range: Duration) => promql`
  sum by (job) (rate(${series(nginxFrontendResponsesTotal, { class: status })}[${range}])) / ${answers(range)}`;

const shareUnreached = (range: Duration) => promql`
  sum by (job) (rate(${series(nginxFrontendUpstreamFailuresTotal)}[${range}])) / ${answers(range)}`;

/** A share that is exceeded over every window, among enough answers to mean something. */
const exceeded = (share: (range: Duration) => string, bound: number, floor: number) => promql`
  ${windows.map((range) => `${share(range)} > ${bound}`).join(' and ')}
  and sum by (job) (increase(${series(nginxFrontendResponsesTotal, answered)}[5m])) >= ${floor}`;

/** Lines of junk that whoever scans ports may send. */
const junkFloor = 10;

const refusedLines = promql`sum by (job, instance) (increase(${series(nginxFrontendLinesRefusedTotal)}[10m]))`;
const readLines = promql`sum by (job, instance) (increase(${series(nginxFrontendResponsesTotal)}[10m]))`;

/** What users are answered, as nginx saw it: whatever the servers say of themselves, and when they say nothing. */
export const nginxFrontAlerts = [
  alert({
    name: 'NginxUpstreamGone',
    severity: 'critical',
    service: 'nginx',
    // Behind the alerts about what may have taken the servers away, which are told after a minute.
    for: '2m',
    keepFiringFor: outlivesTheLastMinute,
    threshold: 0.1,
    expr: (share) => exceeded(shareUnreached, share, answerFloor),
    summary: {
      zh: 'nginx 连不上聊天服务器：{{ $value | humanizePercentage }} 的请求无人应答',
      en: 'nginx reaches no chat server for {{ $value | humanizePercentage }} of the requests',
    },
    description: {
      zh: '最近 5 分钟内，聊天服务器连不上或被判定为全部失效，nginx 对 {{ $value | humanizePercentage }} 的请求直接返回 502 或 504。用户进不了聊天室，无论服务器自身是否正常。',
      en: 'Over the last 5 minutes nginx could not reach a chat server, or took none to be alive, and answered {{ $value | humanizePercentage }} of the requests with 502 or 504. Users cannot get in, however well the servers are.',
    },
  }),
  alert({
    name: 'NginxHighErrorRate',
    severity: 'critical',
    service: 'nginx',
    // Behind ChatRoomHighErrorRate and NginxUpstreamGone, which say where such errors come from.
    for: '3m',
    threshold: 0.1,
    expr: (share) => exceeded(shareOf('5xx'), share, answerFloor),
    summary: {
      zh: '用户看到的错误过多：nginx 对 {{ $value | humanizePercentage }} 的请求返回 5xx',
      en: 'Users see errors: nginx answers {{ $value | humanizePercentage }} of the requests with 5xx',
    },
    description: {
      zh: '最近 5 分钟内，从前端看有 {{ $value | humanizePercentage }} 的请求以 5xx 结束，而聊天服务器没有为此告警：错误可能出自 nginx 自身，或出自没有被监控的服务器。',
      en: 'Over the last 5 minutes {{ $value | humanizePercentage }} of the requests ended with 5xx as seen from the front, and no alert of the chat servers accounts for it: nginx itself refuses them, or a server that nobody watches does.',
    },
  }),
  alert({
    name: 'NginxHighClientErrorRate',
    severity: 'warning',
    service: 'nginx',
    for: '10m',
    threshold: 0.3,
    expr: (share) => exceeded(shareOf('4xx'), share, crowdFloor),
    summary: {
      zh: 'nginx 对 {{ $value | humanizePercentage }} 的请求返回 4xx',
      en: 'nginx answers {{ $value | humanizePercentage }} of the requests with 4xx',
    },
    description: {
      zh: '{{ $value | humanizePercentage }} 的请求得到 4xx，并已持续 10 分钟。个别人的错误和扫描到不了这一比例：多半是页面与服务器的版本不符，或网关把请求转到了别处。',
      en: 'For 10 minutes {{ $value | humanizePercentage }} of the requests have been answered with 4xx. What single clients get wrong and what scanners try does not come to that: most likely the page and the servers are of different releases, or the gateway sends requests to the wrong place.',
    },
  }),
  alert({
    name: 'NginxLogUnreadable',
    severity: 'warning',
    service: 'nginx',
    for: '5m',
    threshold: 0.05,
    // What cannot be read is not counted, and what is not counted fires nothing: the alerts above would be silent.
    expr: (share) => promql`
      ${refusedLines} / (${refusedLines} + ${readLines} > 0) > ${share} and ${refusedLines} >= ${junkFloor}`,
    summary: {
      zh: 'nginx 日志采集器 {{ $labels.instance }} 读不懂 {{ $value | humanizePercentage }} 的日志',
      en: 'The nginx log exporter {{ $labels.instance }} cannot read {{ $value | humanizePercentage }} of the log',
    },
    description: {
      zh: '最近 10 分钟内，{{ $labels.instance }} 收到的访问日志有 {{ $value | humanizePercentage }} 不符合约定的格式，没有计入。从前端看到的错误率因此失真；全部读不懂时，相关告警会沉默。',
      en: 'Over the last 10 minutes {{ $value | humanizePercentage }} of the access log that {{ $labels.instance }} received was not in the agreed format and was not counted. What is known of errors seen from the front is wrong, and when no line can be read nothing is known at all.',
    },
  }),
  alert({
    name: 'NginxLogSilent',
    severity: 'warning',
    service: 'nginx',
    for: '5m',
    // Of each nginx: probes and the exporter, which are not logged, ask for up to 26 a minute.
    threshold: 400,
    expr: (requests) => promql`
      sum(increase(${series(nginxHttpRequestsTotal)}[10m])) > ${requests} * count(${series(nginxUp)})
      and on () sum(increase(${series(nginxFrontendResponsesTotal)}[10m])) == 0
      unless on () sum(increase(${series(nginxFrontendLinesRefusedTotal)}[10m])) > 0`,
    summary: {
      zh: 'nginx 的访问日志没有送达：10 分钟内 {{ $value | printf "%.0f" }} 个请求，日志为零',
      en: 'The access log of nginx does not arrive: {{ $value | printf "%.0f" }} requests in 10 minutes, and not one line',
    },
    description: {
      zh: '最近 10 分钟内 nginx 处理了 {{ $value | printf "%.0f" }} 个请求，日志采集器却一行日志也没有收到。从前端看到的错误率、上游失联等告警此时全部失明。',
      en: 'Within 10 minutes nginx took {{ $value | printf "%.0f" }} requests and its log exporter received no line. The alerts about errors seen from the front and about servers that nginx cannot reach are blind.',
    },
  }),
] as const;
