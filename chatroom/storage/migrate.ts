import { runner } from 'node-pg-migrate';
import type { Logger } from 'pino';
import { assetFolder } from '../assets';
import type { Postgres } from './postgres';

// Any fixed number that nothing else in the database locks.
const migrationLock = 4_217_000_001;

/**
 * Brings the schema up to date. Replicas that start together take turns: the first migrates, the others find
 * nothing left to do.
 */
export async function migrate(postgres: Postgres, log: Logger): Promise<void> {
  await postgres.withClient(async (client) => {
    const quiet = (message: string) => log.debug({ migration: message }, 'migration');
    const done = await runner({
      dbClient: client,
      dir: assetFolder('migrations'),
      direction: 'up',
      migrationsTable: 'chatroom_migrations',
      lockValue: migrationLock,
      advisoryLockMode: 'wait',
      logger: { debug: quiet, info: quiet, warn: quiet, error: (message: string) => log.error(message) },
    });
    if (done.length > 0) log.info({ migrations: done.map(({ name }) => name) }, 'schema migrated');
  });
}
