import {
  redisConnectedClients,
  redisNetInputBytesTotal,
  redisNetOutputBytesTotal,
  redisRejectedConnectionsTotal,
} from '../../metrics/redis';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function clients(setting: Setting) {
  return curves(setting, {
    title: { zh: '客户端', en: 'Clients' },
    description: {
      zh: '当前连接的客户端，以及因到达 maxclients 而被拒绝的连接。',
      en: 'Clients connected, and connections refused because maxclients was reached.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '已连接', en: 'Connected' },
        expr: promql`sum(${series(redisConnectedClients, chosen)})`,
      },
      {
        legend: { zh: '被拒绝', en: 'Refused' },
        expr: promql`60 * sum(rate(${series(redisRejectedConnectionsTotal, chosen)}[$__rate_interval]))`,
        unit: units.perMinute,
        colour: colours.bad,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function network(setting: Setting) {
  return curves(setting, {
    title: { zh: '网络', en: 'Network' },
    description: {
      zh: '与客户端之间的流量；扇出会让发送远多于接收。',
      en: 'Traffic with clients; fanning out sends many times what arrives.',
    },
    unit: units.bytesPerSecond,
    queries: [
      {
        legend: { zh: '接收', en: 'Received' },
        expr: promql`sum(rate(${series(redisNetInputBytesTotal, chosen)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '发送', en: 'Sent' },
        expr: promql`sum(rate(${series(redisNetOutputBytesTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}
