import { websocketConnectionsTotal, websocketDisconnectionsTotal } from '../../metrics/chatroom';
import { connectionsActive } from '../../rules/recordings';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function websocket(setting: Setting) {
  return curves(setting, {
    title: { zh: 'WebSocket 连接', en: 'WebSocket connections' },
    description: {
      zh: '所有副本合计。新建与断开同时升高而活跃数不变，是客户端在反复重连。',
      en: 'All replicas together. When opened and closed rise together while active stays level, clients are reconnecting over and over.',
    },
    unit: units.count,
    queries: [
      { legend: { zh: '活跃连接', en: 'Active' }, expr: series(connectionsActive) },
      {
        legend: { zh: '新建连接', en: 'Opened' },
        expr: promql`60 * sum by (job) (rate(${series(websocketConnectionsTotal)}[$__rate_interval]))`,
        unit: units.perMinute,
      },
      {
        legend: { zh: '断开连接', en: 'Closed' },
        expr: promql`60 * sum by (job) (rate(${series(websocketDisconnectionsTotal)}[$__rate_interval]))`,
        unit: units.perMinute,
      },
    ],
  })
    .span(12)
    .height(9);
}
