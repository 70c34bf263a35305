import {
  nginxConnectionsAccepted,
  nginxConnectionsActive,
  nginxConnectionsHandled,
  nginxConnectionsReading,
  nginxConnectionsWaiting,
  nginxConnectionsWriting,
} from '../../metrics/nginx';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function connections(setting: Setting) {
  return curves(setting, {
    title: { zh: '连接（按状态）', en: 'Connections, by state' },
    description: {
      zh: '打开的 WebSocket 计入“正在应答”；“空闲”是保持连接而没有请求。',
      en: 'An open WebSocket is counted as answering; idle ones are kept open without a request.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '全部', en: 'All' },
        expr: promql`sum(${series(nginxConnectionsActive, chosen)})`,
      },
      {
        legend: { zh: '正在应答', en: 'Answering' },
        expr: promql`sum(${series(nginxConnectionsWriting, chosen)})`,
      },
      {
        legend: { zh: '正在读取', en: 'Reading' },
        expr: promql`sum(${series(nginxConnectionsReading, chosen)})`,
      },
      {
        legend: { zh: '空闲', en: 'Idle' },
        expr: promql`sum(${series(nginxConnectionsWaiting, chosen)})`,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function refused(setting: Setting) {
  const perMinute = (counter: typeof nginxConnectionsAccepted | typeof nginxConnectionsHandled) =>
    promql`60 * sum(rate(${series(counter, chosen)}[$__rate_interval]))`;
  return curves(setting, {
    title: { zh: '新连接', en: 'New connections' },
    description: {
      zh: '接受了却没有处理的连接，是到达 worker_connections 上限而被丢弃的。',
      en: 'Connections accepted but not handled were dropped because worker_connections was reached.',
    },
    unit: units.perMinute,
    queries: [
      { legend: { zh: '已接受', en: 'Accepted' }, expr: perMinute(nginxConnectionsAccepted) },
      {
        legend: { zh: '被丢弃', en: 'Dropped' },
        expr: promql`${perMinute(nginxConnectionsAccepted)} - ${perMinute(nginxConnectionsHandled)}`,
        colour: colours.bad,
      },
    ],
  })
    .span(24)
    .height(8);
}
