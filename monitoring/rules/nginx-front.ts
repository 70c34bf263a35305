import type { Duration } from '../model/duration';
import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { nginxFrontendResponsesTotal, nginxFrontendUpstreamFailuresTotal } from '../metrics/nginx-log';
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
] as const;
