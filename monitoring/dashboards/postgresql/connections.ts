import {
  pgSettingsMaxConnections,
  pgSettingsSuperuserReservedConnections,
  pgStatActivityCount,
  pgStatActivityMaxTxDuration,
} from '../../metrics/postgres';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

/** States that a backend of ours can be in: the exporter lists two more, which are relics. */
const inUse = { not: /disabled|fastpath.*/ };

export function backends(setting: Setting) {
  return layers(setting, {
    title: { zh: '连接（按状态）', en: 'Backends, by state' },
    description: {
      zh: '虚线是普通用户可用的上限，到达后新连接被拒绝。idle in transaction 会占住锁与旧版本行。',
      en: 'The dashed line is what ordinary roles may use; at it, new connections are refused. Backends idle in transaction hold locks and dead rows.',
    },
    unit: units.count,
    queries: [
      {
        legend: '{{state}}',
        expr: promql`sum by (state) (${series(pgStatActivityCount, { ...chosen, state: inUse })})`,
      },
      {
        legend: { zh: '上限 {{instance}}', en: 'Limit {{instance}}' },
        expr: promql`
          max by (instance) (${series(pgSettingsMaxConnections, chosen)})
          - max by (instance) (${series(pgSettingsSuperuserReservedConnections, chosen)})`,
        colour: colours.bad,
        bound: true,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function longestTransaction(setting: Setting) {
  return curves(setting, {
    title: { zh: '最长事务', en: 'Oldest open transaction' },
    description: {
      zh: '按会话状态。长事务阻止清理，拖慢一切。',
      en: 'By state of its backend. A long one keeps dead rows from being cleaned up and slows everything down.',
    },
    unit: units.seconds,
    queries: [
      {
        legend: '{{state}}',
        expr: promql`max by (state) (${series(pgStatActivityMaxTxDuration, { ...chosen, state: inUse })})`,
      },
    ],
  })
    .span(12)
    .height(8);
}
