import { messageRate, connectionsActive } from '../../rules/recordings';
import { usersOnline } from '../../metrics/chatroom';
import { up } from '../../metrics/target';
import { promql, series } from '../../model/promql';
import { availabilityMappings, figures } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function service(setting: Setting) {
  return figures(setting, {
    title: { zh: '服务概览', en: 'Overview' },
    description: {
      zh: '服务状态统计所有副本：全部应答为“正常”，全部不应答为“中断”。在线用户按副本计数，同一用户连接两个副本会计两次。',
      en: 'Service is up when every replica answers and down when none does. Users are counted by each replica: somebody connected to two of them counts twice.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '服务状态', en: 'Service' },
        expr: promql`avg by (job) (${series(up, { job: 'chatroom-server' })})`,
        unit: units.state,
        mappings: availabilityMappings(setting),
      },
      { legend: { zh: '活跃连接', en: 'Connections' }, expr: series(connectionsActive) },
      {
        legend: { zh: '消息', en: 'Messages' },
        expr: promql`60 * ${series(messageRate)}`,
        unit: units.perMinute,
      },
      {
        legend: { zh: '在线用户', en: 'Users online' },
        expr: promql`sum by (job) (${series(usersOnline)})`,
      },
    ],
  })
    .span(24)
    .height(5);
}
