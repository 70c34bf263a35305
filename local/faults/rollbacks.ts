import { fault } from './fault';
import { repeat } from './repeat';
import { chatroomSession } from './session';

/** Some hundred a second, more than the chat room commits. */
const atOnce = 5;
const everyMilliseconds = 30;

export const rollbacks = fault({
  name: 'rollbacks',
  does: 'rolls transactions back, more of them than are committed',
  alerts: ['PostgreSQLHighRollbackRatio'],
  inject: async (stack) => {
    const session = chatroomSession(stack);
    await session.connect();
    // A transaction that has touched no table is counted late, if at all.
    const turn = 'begin; select from rooms limit 1; rollback;'.repeat(atOnce);
    const stop = await repeat(stack, everyMilliseconds, () => session.query(turn));
    return async () => {
      await stop();
      await session.end();
    };
  },
});
