import type { Client } from 'pg';
import { fault } from './fault';
import { repeat } from './repeat';
import { chatroomSession } from './session';

/** Two locks of this rehearsal, which nobody else waits for. */
const [first, second] = [4_711_001, 4_711_002];

export const deadlocks = fault({
  name: 'deadlocks',
  does: 'lets two sessions wait for each other, again and again',
  alerts: ['PostgreSQLDeadlocks'],
  inject: async (stack) => {
    const [one, other] = [chatroomSession(stack), chatroomSession(stack)];
    await Promise.all([one.connect(), other.connect()]);
    const stop = await repeat(stack, 5_000, () => embrace(one, other));
    return async () => {
      await stop();
      await Promise.all([one.end(), other.end()]);
    };
  },
});

/** PostgreSQL waits a second before it looks for the knot and ends one of the two. */
async function embrace(one: Client, other: Client): Promise<void> {
  const lock = (session: Client, key: number) => session.query('select pg_advisory_xact_lock($1)', [key]);
  await Promise.all([one.query('begin'), other.query('begin')]);
  await Promise.all([lock(one, first), lock(other, second)]);
  const ends = await Promise.allSettled([lock(one, second), lock(other, first)]);
  await Promise.all([one.query('rollback'), other.query('rollback')]);
  if (ends.every(({ status }) => status === 'fulfilled')) throw new Error('PostgreSQL found no deadlock');
}
