import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
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
} from '../metrics/postgres';

/** What happens to databases that hold something: neither templates nor shared objects, which have no name. */
const databases = { datname: { not: /|template\d+/ } };

/**
 * Whose transactions are of interest. Autovacuum and replication hold theirs open for as long as the work takes, and
 * so does a backup; who is who newer exporters tell, and of older ones an empty label is all there is to match.
 */
const ofClients = {
  backend_type: /|client backend/,
  application_name: { not: /pg_dump.*|pg_basebackup/ },
};

/** Below these figures a share says nothing about the service. */
const transactionFloor = 100;
const blockFloor = 60_000;
const growthFloor = 1_073_741_824;

const perDatabase = 'sum by (job, instance, datname)';
const transactions = promql`
  (${perDatabase} (increase(${series(pgStatDatabaseXactCommit, databases)}[5m]))
    + ${perDatabase} (increase(${series(pgStatDatabaseXactRollback, databases)}[5m])))`;
const hits = promql`sum by (job, instance) (increase(${series(pgStatDatabaseBlksHit)}[10m]))`;
const reads = promql`sum by (job, instance) (increase(${series(pgStatDatabaseBlksRead)}[10m]))`;
const size = (at: string) => promql`${perDatabase} (${series(pgDatabaseSizeBytes, databases)}${at})`;

export const postgresqlWorkAlerts = [
  alert({
    name: 'PostgreSQLDeadlocks',
    severity: 'warning',
    service: 'postgresql',
    for: '1m',
    // The chat server locks one row at a time, so a single deadlock already has a reason worth knowing.
    threshold: 0,
    expr: (deadlocks) => promql`
      ${perDatabase} (increase(${series(pgStatDatabaseDeadlocks, databases)}[10m])) > ${deadlocks}`,
    summary: {
      zh: 'PostgreSQL 数据库 {{ $labels.datname }} 发生死锁：10 分钟内 {{ $value | printf "%.0f" }} 次',
      en: 'Deadlocks in database {{ $labels.datname }}: {{ $value | printf "%.0f" }} in 10 minutes',
    },
    description: {
      zh: '{{ $labels.instance }} 的数据库 {{ $labels.datname }} 在 10 分钟内发生 {{ $value | printf "%.0f" }} 次死锁。每次都有一个事务被回滚，对应的用户操作失败或被重试。',
      en: 'Database {{ $labels.datname }} behind {{ $labels.instance }} broke {{ $value | printf "%.0f" }} deadlocks in 10 minutes. Each rolled a transaction back; what a user did was lost or had to be tried again.',
    },
  }),
  alert({
    name: 'PostgreSQLLongTransaction',
    severity: 'warning',
    service: 'postgresql',
    for: '2m',
    threshold: 900,
    expr: (seconds) => promql`
      max by (job, instance, datname, state) (${series(pgStatActivityMaxTxDuration, { ...databases, ...ofClients, state: /active|idle in transaction.*/ })}) > ${seconds}`,
    summary: {
      zh: 'PostgreSQL 事务已打开 {{ $value | humanizeDuration }}（{{ $labels.datname }}）',
      en: 'A transaction in {{ $labels.datname }} has been open for {{ $value | humanizeDuration }}',
    },
    description: {
      zh: '{{ $labels.instance }} 的数据库 {{ $labels.datname }} 中最早的事务（状态 {{ $labels.state }}）已打开 {{ $value | humanizeDuration }}。它持有的锁会阻塞别人，清理也无法回收空间，表会不断膨胀。',
      en: 'The oldest transaction in database {{ $labels.datname }} behind {{ $labels.instance }} (state {{ $labels.state }}) began {{ $value | humanizeDuration }} ago. Its locks block others, and vacuum cannot free anything newer, so tables bloat.',
    },
  }),
  alert({
    name: 'PostgreSQLLowCacheHitRatio',
    severity: 'warning',
    service: 'postgresql',
    for: '15m',
    threshold: 90,
    expr: (percent) => promql`
      100 * ${hits} / (${hits} + ${reads} > ${blockFloor}) < ${percent}`,
    summary: {
      zh: 'PostgreSQL 缓存命中率过低：{{ $value | printf "%.0f" }}%',
      en: 'PostgreSQL finds only {{ $value | printf "%.0f" }} % of its blocks in the cache',
    },
    description: {
      zh: '最近 10 分钟内，{{ $labels.instance }} 监控的 PostgreSQL 只有 {{ $value | printf "%.1f" }}% 的数据块来自缓存，其余都要从磁盘或系统缓存读取，历史记录查询会变慢。',
      en: 'Over the last 10 minutes PostgreSQL behind {{ $labels.instance }} found {{ $value | printf "%.1f" }} % of the blocks it needed in its cache and read the others. Reading history gets slow.',
    },
  }),
  alert({
    name: 'PostgreSQLHighRollbackRatio',
    severity: 'warning',
    service: 'postgresql',
    for: '5m',
    threshold: 0.1,
    expr: (ratio) => promql`
      ${perDatabase} (increase(${series(pgStatDatabaseXactRollback, databases)}[5m]))
        / (${transactions} >= ${transactionFloor}) > ${ratio}`,
    summary: {
      zh: 'PostgreSQL 数据库 {{ $labels.datname }} 有 {{ $value | humanizePercentage }} 的事务被回滚',
      en: 'Database {{ $labels.datname }} rolls {{ $value | humanizePercentage }} of its transactions back',
    },
    description: {
      zh: '最近 5 分钟内，{{ $labels.instance }} 的数据库 {{ $labels.datname }} 有 {{ $value | humanizePercentage }} 的事务以回滚告终：语句出错、超时或违反约束，消息可能没有保存。',
      en: 'Over the last 5 minutes {{ $value | humanizePercentage }} of the transactions in database {{ $labels.datname }} behind {{ $labels.instance }} ended in a rollback: statements fail, time out or break a constraint. Messages may not be kept.',
    },
  }),
  alert({
    name: 'PostgreSQLDatabaseGrowing',
    severity: 'warning',
    service: 'postgresql',
    for: '30m',
    threshold: 1.5,
    expr: (times) => promql`
      ${size('')} / (${size(' offset 1d')} > 0) > ${times}
      and ${size('')} - ${size(' offset 1d')} > ${growthFloor}`,
    summary: {
      zh: 'PostgreSQL 数据库 {{ $labels.datname }} 一天内增长到 {{ $value | printf "%.1f" }} 倍',
      en: 'Database {{ $labels.datname }} grew to {{ $value | printf "%.1f" }} times its size within a day',
    },
    description: {
      zh: '{{ $labels.instance }} 的数据库 {{ $labels.datname }} 已是 24 小时前的 {{ $value | printf "%.1f" }} 倍，增加超过 1 GiB。可能是刷屏、清理失效或表膨胀；按此速度磁盘会被写满。',
      en: 'Database {{ $labels.datname }} behind {{ $labels.instance }} is {{ $value | printf "%.1f" }} times as big as 24 hours ago and more than 1 GiB bigger. Spam, a clean-up that no longer runs or bloat; at this pace the disk fills up.',
    },
  }),
  alert({
    name: 'PostgreSQLForcedCheckpoints',
    severity: 'warning',
    service: 'postgresql',
    for: '10m',
    threshold: 6,
    // PostgreSQL 17 moved the counter to another view, and the exporter to another name.
    expr: (checkpoints) => promql`
      sum by (job, instance) (increase(${series(pgStatBgwriterCheckpointsReq)}[30m])
        or increase(${series(pgStatCheckpointerNumRequestedTotal)}[30m])) > ${checkpoints}`,
    summary: {
      zh: 'PostgreSQL 30 分钟内被迫执行 {{ $value | printf "%.0f" }} 次检查点',
      en: 'PostgreSQL was forced into {{ $value | printf "%.0f" }} checkpoints in 30 minutes',
    },
    description: {
      zh: '{{ $labels.instance }} 监控的 PostgreSQL 在 30 分钟内因 WAL 写满 max_wal_size 而提前执行了 {{ $value | printf "%.0f" }} 次检查点（正常为每 5 分钟定时一次）。频繁检查点使磁盘写入成倍增加，保存消息变慢。',
      en: 'Within 30 minutes PostgreSQL behind {{ $labels.instance }} had to make {{ $value | printf "%.0f" }} checkpoints before their time because max_wal_size was reached; one every 5 minutes by the clock is normal. Each multiplies what is written to disk, and storing messages gets slow.',
    },
  }),
] as const;
