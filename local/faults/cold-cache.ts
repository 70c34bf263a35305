import { fault } from './fault';
import { repeat } from './repeat';
import { chatroomSession } from './session';

/** More than a quarter of the cache: what is read from end to end and so big does not get into it. */
const rows = 64_000;
const drop = 'drop table if exists rehearsal_archive';

export const coldCache = fault({
  name: 'cold-cache',
  does: 'reads a table from end to end every second that does not fit in the cache',
  alerts: ['PostgreSQLLowCacheHitRatio'],
  inject: async (stack) => {
    const session = chatroomSession(stack);
    await session.connect();
    // Unlogged: what is about reading must not be about writing, and after a crash it is empty.
    await session.query(drop);
    await session.query(
      `create unlogged table rehearsal_archive as
       select entry, repeat(md5(entry::text), 30) as text from generate_series(1, ${rows}) as entry`,
    );
    const stop = await repeat(stack, 1_000, () => session.query('select count(*) from rehearsal_archive'));
    return async () => {
      await stop();
      await session.query(drop);
      await session.end();
    };
  },
});
