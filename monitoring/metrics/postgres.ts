import { counter, gauge } from '../model/metric';

/** What the rules and boards use of the PostgreSQL exporter. */

export const pgUp = gauge({ name: 'pg_up', help: '1 when the exporter could query PostgreSQL.' });

export const pgSettingsMaxConnections = gauge({
  name: 'pg_settings_max_connections',
  help: 'Connections the server accepts at most.',
  labels: ['server'],
});

export const pgSettingsSuperuserReservedConnections = gauge({
  name: 'pg_settings_superuser_reserved_connections',
  help: 'Connections of these that only a superuser may use.',
  labels: ['server'],
});

const perDatabase = ['datid', 'datname', 'server'] as const;

export const pgStatDatabaseNumbackends = gauge({
  name: 'pg_stat_database_numbackends',
  help: 'Backends connected to the database.',
  labels: perDatabase,
});

export const pgStatDatabaseXactCommit = counter({
  name: 'pg_stat_database_xact_commit',
  help: 'Transactions committed.',
  labels: perDatabase,
});

export const pgStatDatabaseTupInserted = counter({
  name: 'pg_stat_database_tup_inserted',
  help: 'Rows inserted.',
  labels: perDatabase,
});

export const pgStatDatabaseTupUpdated = counter({
  name: 'pg_stat_database_tup_updated',
  help: 'Rows updated.',
  labels: perDatabase,
});

export const pgStatDatabaseTupDeleted = counter({
  name: 'pg_stat_database_tup_deleted',
  help: 'Rows deleted.',
  labels: perDatabase,
});

export const pgStatDatabaseXactRollback = counter({
  name: 'pg_stat_database_xact_rollback',
  help: 'Transactions rolled back.',
  labels: perDatabase,
});

export const pgStatDatabaseTupReturned = counter({
  name: 'pg_stat_database_tup_returned',
  help: 'Rows read by scans.',
  labels: perDatabase,
});

export const pgStatDatabaseTupFetched = counter({
  name: 'pg_stat_database_tup_fetched',
  help: 'Rows fetched through an index.',
  labels: perDatabase,
});

export const pgStatDatabaseBlksHit = counter({
  name: 'pg_stat_database_blks_hit',
  help: 'Blocks found in the buffer cache.',
  labels: perDatabase,
});

export const pgStatDatabaseBlksRead = counter({
  name: 'pg_stat_database_blks_read',
  help: 'Blocks that had to be read from disk.',
  labels: perDatabase,
});

export const pgStatDatabaseDeadlocks = counter({
  name: 'pg_stat_database_deadlocks',
  help: 'Deadlocks found and broken.',
  labels: perDatabase,
});

export const pgStatDatabaseTempBytes = counter({
  name: 'pg_stat_database_temp_bytes',
  help: 'Bytes that queries wrote to temporary files, for want of work_mem.',
  labels: perDatabase,
});

export const pgDatabaseSizeBytes = gauge({
  name: 'pg_database_size_bytes',
  help: 'Size of the database on disk.',
  labels: ['datname', 'server'],
});

const perState = {
  labels: ['datname', 'server', 'state'],
  newerLabels: ['application_name', 'backend_type', 'usename', 'wait_event', 'wait_event_type'],
} as const;

export const pgStatActivityCount = gauge({
  name: 'pg_stat_activity_count',
  help: 'Backends, by what they are doing.',
  ...perState,
});

export const pgStatActivityMaxTxDuration = gauge({
  name: 'pg_stat_activity_max_tx_duration',
  help: 'Seconds since the oldest open transaction began, by state of its backend.',
  ...perState,
});

export const pgLocksCount = gauge({
  name: 'pg_locks_count',
  help: 'Locks held or awaited, by mode.',
  labels: ['datname', 'mode', 'server'],
});

export const pgStatBgwriterCheckpointsTimed = counter({
  name: 'pg_stat_bgwriter_checkpoints_timed_total',
  help: 'Checkpoints that were due (PostgreSQL 16 and older).',
  labels: ['server'],
});

export const pgStatBgwriterCheckpointsReq = counter({
  name: 'pg_stat_bgwriter_checkpoints_req_total',
  help: 'Checkpoints forced before they were due, by volume of changes (PostgreSQL 16 and older).',
  labels: ['server'],
});

export const pgStatCheckpointerNumTimedTotal = counter({
  name: 'pg_stat_checkpointer_num_timed_total',
  help: 'Checkpoints that were due.',
  onlyWhere: 'PostgreSQL is 17 or newer',
  collector: 'stat_checkpointer',
});

export const pgStatCheckpointerNumRequestedTotal = counter({
  name: 'pg_stat_checkpointer_num_requested_total',
  help: 'Checkpoints forced before they were due, by volume of changes.',
  onlyWhere: 'PostgreSQL is 17 or newer',
  collector: 'stat_checkpointer',
});

export const postgresMetrics = [
  pgUp,
  pgSettingsMaxConnections,
  pgSettingsSuperuserReservedConnections,
  pgStatDatabaseNumbackends,
  pgStatDatabaseXactCommit,
  pgStatDatabaseTupInserted,
  pgStatDatabaseTupUpdated,
  pgStatDatabaseTupDeleted,
  pgStatDatabaseXactRollback,
  pgStatDatabaseTupReturned,
  pgStatDatabaseTupFetched,
  pgStatDatabaseBlksHit,
  pgStatDatabaseBlksRead,
  pgStatDatabaseDeadlocks,
  pgStatDatabaseTempBytes,
  pgDatabaseSizeBytes,
  pgStatActivityCount,
  pgStatActivityMaxTxDuration,
  pgLocksCount,
  pgStatBgwriterCheckpointsTimed,
  pgStatBgwriterCheckpointsReq,
  pgStatCheckpointerNumTimedTotal,
  pgStatCheckpointerNumRequestedTotal,
] as const;
