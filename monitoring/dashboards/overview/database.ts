import {
  pgStatDatabaseNumbackends,
  pgStatDatabaseTupDeleted,
  pgStatDatabaseTupInserted,
  pgStatDatabaseTupUpdated,
  pgStatDatabaseXactCommit,
} from '../../metrics/postgres';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function database(setting: Setting) {
  return curves(setting, {
    title: { zh: '数据库', en: 'Database' },
    description: {
      zh: 'PostgreSQL 全部数据库合计。行变更为插入、更新与删除之和。',
      en: 'All databases of PostgreSQL together. Rows changed are rows inserted, updated and deleted.',
    },
    unit: units.count,
    queries: [
      {
        legend: { zh: '连接数', en: 'Connections' },
        expr: promql`sum by (job) (${series(pgStatDatabaseNumbackends)})`,
      },
      {
        legend: { zh: '事务提交', en: 'Commits' },
        expr: promql`sum by (job) (rate(${series(pgStatDatabaseXactCommit)}[$__rate_interval]))`,
        unit: units.operationsPerSecond,
      },
      {
        legend: { zh: '行变更', en: 'Rows changed' },
        expr: promql`
          sum by (job) (rate(${series(pgStatDatabaseTupInserted)}[$__rate_interval]))
          + sum by (job) (rate(${series(pgStatDatabaseTupUpdated)}[$__rate_interval]))
          + sum by (job) (rate(${series(pgStatDatabaseTupDeleted)}[$__rate_interval]))`,
        unit: units.operationsPerSecond,
      },
    ],
  })
    .span(12)
    .height(9);
}
