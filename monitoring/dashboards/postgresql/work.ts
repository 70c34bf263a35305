import {
  pgLocksCount,
  pgStatDatabaseDeadlocks,
  pgStatDatabaseTupDeleted,
  pgStatDatabaseTupFetched,
  pgStatDatabaseTupInserted,
  pgStatDatabaseTupReturned,
  pgStatDatabaseTupUpdated,
  pgStatDatabaseXactCommit,
  pgStatDatabaseXactRollback,
} from '../../metrics/postgres';
import type { Metric } from '../../model/metric';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { ofUse } from './databases';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

const perSecond = (counter: Metric) => promql`sum(rate(${series(counter, chosen)}[$__rate_interval]))`;

export function transactions(setting: Setting) {
  return curves(setting, {
    title: { zh: '事务', en: 'Transactions' },
    description: {
      zh: '提交与回滚。回滚比例升高说明应用在出错或争用。',
      en: 'Committed and rolled back. A growing share of rollbacks means errors or contention in the application.',
    },
    unit: units.operationsPerSecond,
    queries: [
      { legend: { zh: '提交', en: 'Committed' }, expr: perSecond(pgStatDatabaseXactCommit) },
      {
        legend: { zh: '回滚', en: 'Rolled back' },
        expr: perSecond(pgStatDatabaseXactRollback),
        colour: colours.bad,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function rowsChanged(setting: Setting) {
  return layers(setting, {
    title: { zh: '行变更', en: 'Rows changed' },
    description: {
      zh: '插入、更新与删除的行。聊天消息每条插入一行。',
      en: 'Rows inserted, updated and deleted. Each chat message is one row inserted.',
    },
    unit: units.operationsPerSecond,
    queries: [
      { legend: { zh: '插入', en: 'Inserted' }, expr: perSecond(pgStatDatabaseTupInserted) },
      { legend: { zh: '更新', en: 'Updated' }, expr: perSecond(pgStatDatabaseTupUpdated) },
      { legend: { zh: '删除', en: 'Deleted' }, expr: perSecond(pgStatDatabaseTupDeleted) },
    ],
  })
    .span(8)
    .height(8);
}

export function rowsRead(setting: Setting) {
  return curves(setting, {
    title: { zh: '行读取', en: 'Rows read' },
    description: {
      zh: '扫描行数远多于索引取回行数，说明缺少索引。',
      en: 'When many more rows are scanned than fetched through an index, an index is missing.',
    },
    unit: units.operationsPerSecond,
    queries: [
      { legend: { zh: '扫描', en: 'Scanned' }, expr: perSecond(pgStatDatabaseTupReturned) },
      { legend: { zh: '索引取回', en: 'Fetched by index' }, expr: perSecond(pgStatDatabaseTupFetched) },
    ],
  })
    .span(8)
    .height(8);
}

export function deadlocks(setting: Setting) {
  return curves(setting, {
    title: { zh: '死锁', en: 'Deadlocks' },
    description: {
      zh: '每次死锁都有一个事务被牺牲。',
      en: 'Each is a transaction that was sacrificed.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{datname}}',
        expr: promql`
          60 * sum by (datname) (rate(${series(pgStatDatabaseDeadlocks, { ...chosen, ...ofUse })}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(7);
}

export function locks(setting: Setting) {
  return layers(setting, {
    title: { zh: '锁（按模式）', en: 'Locks, by mode' },
    description: {
      zh: '持有或等待的锁。accessexclusivelock 会挡住所有人。',
      en: 'Held or awaited. An accessexclusivelock stands in the way of everybody.',
    },
    unit: units.count,
    queries: [{ legend: '{{mode}}', expr: promql`sum by (mode) (${series(pgLocksCount, chosen)})` }],
  })
    .span(12)
    .height(7);
}
