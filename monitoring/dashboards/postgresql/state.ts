import { pgDatabaseSizeBytes, pgStatDatabaseXactCommit, pgUp } from '../../metrics/postgres';
import { postgresConnectionUtilisation } from '../../rules/recordings';
import { promql, series } from '../../model/promql';
import { availabilityMappings, figures } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function state(setting: Setting) {
  return figures(setting, {
    title: { zh: '当前状态', en: 'Right now' },
    description: {
      zh: '状态由采集器能否查询数据库得出。连接占用按普通用户可用的连接计算。',
      en: 'The state is whether the exporter can query the database. Connections taken are out of those that ordinary roles may use.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '状态', en: 'State' },
        expr: promql`avg(${series(pgUp, chosen)})`,
        unit: units.state,
        mappings: availabilityMappings(setting),
      },
      {
        legend: { zh: '连接占用', en: 'Connections taken' },
        expr: promql`max(${series(postgresConnectionUtilisation, chosen)})`,
        unit: units.ratio,
      },
      {
        legend: { zh: '事务', en: 'Transactions' },
        expr: promql`sum(rate(${series(pgStatDatabaseXactCommit, chosen)}[$__rate_interval]))`,
        unit: units.operationsPerSecond,
      },
      {
        legend: { zh: '数据总量', en: 'Data' },
        expr: promql`sum(${series(pgDatabaseSizeBytes, chosen)})`,
        unit: units.bytes,
      },
    ],
  })
    .span(24)
    .height(5);
}
