import {
  pgDatabaseSizeBytes,
  pgStatActivityMaxTxDuration,
  pgStatBgwriterCheckpointsReq,
  pgStatCheckpointerNumRequestedTotal,
  pgStatDatabaseBlksHit,
  pgStatDatabaseBlksRead,
  pgStatDatabaseDeadlocks,
  pgStatDatabaseXactCommit,
  pgStatDatabaseXactRollback,
} from '../../../monitoring/metrics/postgres';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, growing } from './given';

const target = { job: 'postgres-exporter', instance: 'pg-exporter:9187', server: 'db:5432' };
const database = (datname = 'chatroom') => ({ ...target, datid: '16384', datname });
const deadlocks = (pace: string, datname?: string) =>
  given(series(pgStatDatabaseDeadlocks, database(datname)), pace);
const oldest = (
  state: string,
  values: string,
  of: { backend_type?: string; application_name?: string } = {},
) => given(series(pgStatActivityMaxTxDuration, { ...target, datname: 'chatroom', state, ...of }), values);
const blocks = (hits: number, reads: number) => [
  given(series(pgStatDatabaseBlksHit, database()), growing(hits)),
  given(series(pgStatDatabaseBlksRead, database()), growing(reads)),
];
const transactions = (commits: number, rollbacks: number) => [
  given(series(pgStatDatabaseXactCommit, database()), growing(commits)),
  given(series(pgStatDatabaseXactRollback, database()), growing(rollbacks)),
];
const size = (...values: readonly string[]) =>
  given(series(pgDatabaseSizeBytes, { ...target, datname: 'chatroom' }), ...values);

export const postgresqlDeadlocks: AlertCases = {
  alert: 'PostgreSQLDeadlocks',
  says: {
    labels: { datname: 'chatroom', instance: 'pg-exporter:9187', job: 'postgres-exporter' },
    summary: {
      zh: 'PostgreSQL 数据库 chatroom 发生死锁：10 分钟内 3 次',
      en: 'Deadlocks in database chatroom: 3 in 10 minutes',
    },
    description: {
      zh: 'pg-exporter:9187 的数据库 chatroom 在 10 分钟内发生 3 次死锁。每次都有一个事务被回滚，对应的用户操作失败或被重试。',
      en: 'Database chatroom behind pg-exporter:9187 broke 3 deadlocks in 10 minutes. Each rolled a transaction back; what a user did was lost or had to be tried again.',
    },
  },
  fires: [
    {
      when: 'three deadlocks happen at once, for ten minutes',
      given: [
        deadlocks(
          counting([
            { perSecond: 0, lasting: '5m' },
            { perSecond: 0.2, lasting: '15s' },
            { perSecond: 0, lasting: '50m' },
          ]),
        ),
      ],
      counts: { '5m': 0, '12m': 1, '17m': 0 },
    },
  ],
  silent: [
    { when: 'the last one was long ago', given: [deadlocks(flat(7))] },
    { when: 'they happen in a template', given: [deadlocks(growing(1), 'template1')] },
  ],
};

export const postgresqlLongTransaction: AlertCases = {
  alert: 'PostgreSQLLongTransaction',
  says: {
    labels: {
      datname: 'chatroom',
      instance: 'pg-exporter:9187',
      job: 'postgres-exporter',
      state: 'idle in transaction',
    },
    summary: {
      zh: 'PostgreSQL 事务已打开 20m 0s（chatroom）',
      en: 'A transaction in chatroom has been open for 20m 0s',
    },
    description: {
      zh: 'pg-exporter:9187 的数据库 chatroom 中最早的事务（状态 idle in transaction）已打开 20m 0s。它持有的锁会阻塞别人，清理也无法回收空间，表会不断膨胀。',
      en: 'The oldest transaction in database chatroom behind pg-exporter:9187 (state idle in transaction) began 20m 0s ago. Its locks block others, and vacuum cannot free anything newer, so tables bloat.',
    },
  },
  fires: [
    {
      when: 'somebody begins a transaction and forgets it',
      given: [oldest('idle in transaction', '0+15x240')],
      counts: { '16m': 0, '20m': 1 },
    },
    {
      when: 'a newer exporter says who it is, and autovacuum works beside it',
      given: [
        oldest('idle in transaction', '0+15x240', {
          backend_type: 'client backend',
          application_name: 'psql',
        }),
        oldest('active', '0+15x240', { backend_type: 'autovacuum worker' }),
      ],
      counts: { '20m': 1 },
    },
  ],
  silent: [
    {
      when: 'autovacuum has a big table to clean',
      given: [oldest('active', '0+15x240', { backend_type: 'autovacuum worker' })],
    },
    {
      when: 'the nightly backup takes its time',
      given: [
        oldest('active', '0+15x240', { backend_type: 'client backend', application_name: 'pg_dump' }),
        oldest('active', '0+15x240', { backend_type: 'walsender', application_name: 'pg_basebackup' }),
      ],
    },
    { when: 'a backend has been idle for a day', given: [oldest('idle', flat(86_400))] },
    { when: 'a report takes five minutes', given: [oldest('active', flat(300))] },
  ],
};

export const postgresqlLowCacheHitRatio: AlertCases = {
  alert: 'PostgreSQLLowCacheHitRatio',
  says: {
    labels: { instance: 'pg-exporter:9187', job: 'postgres-exporter' },
    summary: {
      zh: 'PostgreSQL 缓存命中率过低：80%',
      en: 'PostgreSQL finds only 80 % of its blocks in the cache',
    },
    description: {
      zh: '最近 10 分钟内，pg-exporter:9187 监控的 PostgreSQL 只有 80.0% 的数据块来自缓存，其余都要从磁盘或系统缓存读取，历史记录查询会变慢。',
      en: 'Over the last 10 minutes PostgreSQL behind pg-exporter:9187 found 80.0 % of the blocks it needed in its cache and read the others. Reading history gets slow.',
    },
  },
  fires: [
    {
      when: 'one block in five has to be read',
      given: blocks(800, 200),
      counts: { '10m': 0, '20m': 1 },
    },
  ],
  silent: [
    { when: 'one block in a hundred has', given: blocks(990, 10) },
    { when: 'a quiet database reads a little', given: blocks(6, 4) },
  ],
};

export const postgresqlHighRollbackRatio: AlertCases = {
  alert: 'PostgreSQLHighRollbackRatio',
  says: {
    labels: { datname: 'chatroom', instance: 'pg-exporter:9187', job: 'postgres-exporter' },
    summary: {
      zh: 'PostgreSQL 数据库 chatroom 有 20% 的事务被回滚',
      en: 'Database chatroom rolls 20% of its transactions back',
    },
    description: {
      zh: '最近 5 分钟内，pg-exporter:9187 的数据库 chatroom 有 20% 的事务以回滚告终：语句出错、超时或违反约束，消息可能没有保存。',
      en: 'Over the last 5 minutes 20% of the transactions in database chatroom behind pg-exporter:9187 ended in a rollback: statements fail, time out or break a constraint. Messages may not be kept.',
    },
  },
  fires: [
    {
      when: 'one transaction in five is rolled back',
      given: transactions(8, 2),
      counts: { '5m': 0, '10m': 1 },
    },
  ],
  silent: [
    { when: 'one in twenty is', given: transactions(19, 1) },
    { when: 'half of thirty transactions are', given: transactions(0.05, 0.05) },
  ],
};

export const postgresqlDatabaseGrowing: AlertCases = {
  alert: 'PostgreSQLDatabaseGrowing',
  says: {
    labels: { datname: 'chatroom', instance: 'pg-exporter:9187', job: 'postgres-exporter' },
    summary: {
      zh: 'PostgreSQL 数据库 chatroom 一天内增长到 2.0 倍',
      en: 'Database chatroom grew to 2.0 times its size within a day',
    },
    description: {
      zh: 'pg-exporter:9187 的数据库 chatroom 已是 24 小时前的 2.0 倍，增加超过 1 GiB。可能是刷屏、清理失效或表膨胀；按此速度磁盘会被写满。',
      en: 'Database chatroom behind pg-exporter:9187 is 2.0 times as big as 24 hours ago and more than 1 GiB bigger. Spam, a clean-up that no longer runs or bloat; at this pace the disk fills up.',
    },
  },
  fires: [
    {
      when: 'four gigabytes become eight within a day',
      given: [size(flat(4e9, '1d'), flat(8e9, '6h'))],
      counts: { '24h': 0, '25h': 1 },
    },
  ],
  silent: [
    {
      when: 'a small database becomes ten times as big',
      given: [size(flat(1e7, '1d'), flat(1e8, '6h'))],
      until: '26h',
    },
    {
      when: 'a big one gains a tenth',
      given: [size(flat(2e10, '1d'), flat(2.2e10, '6h'))],
      until: '26h',
    },
  ],
};

export const postgresqlForcedCheckpoints: AlertCases = {
  alert: 'PostgreSQLForcedCheckpoints',
  says: {
    labels: { instance: 'pg-exporter:9187', job: 'postgres-exporter' },
    summary: {
      zh: 'PostgreSQL 30 分钟内被迫执行 15 次检查点',
      en: 'PostgreSQL was forced into 15 checkpoints in 30 minutes',
    },
    description: {
      zh: 'pg-exporter:9187 监控的 PostgreSQL 在 30 分钟内因 WAL 写满 max_wal_size 而提前执行了 15 次检查点（正常为每 5 分钟定时一次）。频繁检查点使磁盘写入成倍增加，保存消息变慢。',
      en: 'Within 30 minutes PostgreSQL behind pg-exporter:9187 had to make 15 checkpoints before their time because max_wal_size was reached; one every 5 minutes by the clock is normal. Each multiplies what is written to disk, and storing messages gets slow.',
    },
  },
  fires: [
    {
      when: 'a checkpoint is forced every two minutes',
      given: [given(series(pgStatBgwriterCheckpointsReq, target), growing(1 / 120))],
      counts: { '20m': 0, '40m': 1 },
    },
    {
      when: 'PostgreSQL 17 says the same by another name',
      given: [
        given(
          series(pgStatCheckpointerNumRequestedTotal, { job: target.job, instance: target.instance }),
          growing(1 / 120),
        ),
      ],
      counts: { '40m': 1 },
    },
  ],
  silent: [
    {
      when: 'three are forced in half an hour',
      given: [given(series(pgStatBgwriterCheckpointsReq, target), growing(1 / 600))],
      until: '1h',
    },
  ],
};
