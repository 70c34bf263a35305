import {
  nginxFrontendRequestDurationSeconds,
  nginxFrontendResponsesTotal,
  nginxFrontendUpstreamFailuresTotal,
} from '../../metrics/nginx-log';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { quantile } from '../quantile';
import { chosen } from '../selection';
import { units } from '../units';
import { orZero } from '../zero';

export function answers(setting: Setting) {
  return curves(setting, {
    title: { zh: '前端应答', en: 'Answers from the front' },
    description: {
      zh: '用户得到的应答，按状态类别。499 是没等到应答就离开的客户端；WebSocket（1xx）在结束时才计入。',
      en: 'What users are answered, by class of status. 499 is a client that left before its answer; a WebSocket (1xx) counts when it ends.',
    },
    unit: units.requestsPerSecond,
    queries: [
      {
        legend: '{{class}}',
        expr: promql`sum by (class) (rate(${series(nginxFrontendResponsesTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function errorShare(setting: Setting) {
  const answered = { ...chosen, class: { not: '499' } } as const;
  const all = promql`sum(rate(${series(nginxFrontendResponsesTotal, answered)}[$__rate_interval]))`;
  const share = (status: string) =>
    orZero(
      promql`sum(rate(${series(nginxFrontendResponsesTotal, { ...chosen, class: status })}[$__rate_interval])) / (${all} > 0)`,
      all,
    );
  return curves(setting, {
    title: { zh: '前端看到的错误', en: 'Errors as seen from the front' },
    description: {
      zh: '4xx 与 5xx 占应答的比例，无论出自聊天服务器还是 nginx 自身。',
      en: 'Share of the answers that are 4xx and 5xx, whether a chat server gave them or nginx itself.',
    },
    unit: units.ratio,
    queries: [
      { legend: '5xx', expr: share('5xx'), colour: colours.bad },
      { legend: '4xx', expr: share('4xx'), colour: colours.worrying },
    ],
  })
    .span(12)
    .height(8);
}

export function unreached(setting: Setting) {
  const failures = (reason: string) =>
    promql`sum(rate(${series(nginxFrontendUpstreamFailuresTotal, { ...chosen, reason })}[$__rate_interval]))`;
  return curves(setting, {
    title: { zh: '没有服务器应答的请求', en: 'Requests that no server answered' },
    description: {
      zh: '由 nginx 代替聊天服务器返回 502 或 504：连不上，或认为没有一台存活。换一台服务器后成功的不计入。',
      en: 'Answered by nginx with 502 or 504: it could not reach a chat server, or took none to be alive. What a second server answered is not counted.',
    },
    unit: units.requestsPerSecond,
    queries: [
      { legend: { zh: '连不上', en: 'Unreachable' }, expr: failures('unreachable'), colour: colours.bad },
      {
        legend: { zh: '无存活服务器', en: 'None alive' },
        expr: failures('no_live_upstream'),
        colour: colours.worrying,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function frontLatency(setting: Setting) {
  const within = (share: number) => quantile(share, nginxFrontendRequestDurationSeconds, chosen);
  return curves(setting, {
    title: { zh: '前端延迟', en: 'Latency from the front' },
    description: {
      zh: '从请求的第一个字节到应答的最后一个字节，不含 WebSocket。比服务器自身的延迟多出的部分，是 nginx、网络或缓慢的客户端。',
      en: 'From the first byte of a request to the last of its answer, WebSockets left out. What it has over the latency of the servers is nginx, the network or slow clients.',
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
