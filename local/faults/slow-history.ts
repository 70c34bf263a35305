import { fault } from './fault';
import { repeat } from './repeat';
import { chatroomSession } from './session';

export const slowHistory = fault({
  name: 'slow-history',
  does: 'locks the messages in PostgreSQL for most of every second',
  alerts: ['ChatRoomHistorySlow'],
  needsLoad: true,
  inject: async (stack) => {
    const session = chatroomSession(stack);
    await session.connect();
    // Short of two seconds, beyond which the requests of the page are what is slow.
    const stop = await repeat(stack, 150, () =>
      session.query('begin; lock table messages in access exclusive mode; select pg_sleep(0.9); commit'),
    );
    return async () => {
      await stop();
      await session.end();
    };
  },
});
