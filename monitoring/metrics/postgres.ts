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

export const postgresMetrics = [
  pgUp,
  pgSettingsMaxConnections,
  pgSettingsSuperuserReservedConnections,
  pgStatDatabaseNumbackends,
  pgStatDatabaseXactCommit,
  pgStatDatabaseTupInserted,
  pgStatDatabaseTupUpdated,
  pgStatDatabaseTupDeleted,
] as const;
