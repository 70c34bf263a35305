import { fault } from './fault';
import { repeat } from './repeat';
import { chatroomSession } from './session';

export const slowCommits = fault({
  name: 'slow-commits',
  does: 'keeps PostgreSQL from taking messages for most of every two seconds',
  alerts: ['ChatRoomDeliveryBudgetBurningFast'],
  needsLoad: true,
  inject: async (stack) => {
    // A stack that was told to forget about budgets, as those of the tests are, has to look at this one now.
    const restore = await stack.retune({ ChatRoomDeliveryBudgetBurningFast: {} });
    const session = chatroomSession(stack);
    await session.connect();
    // Short of what a server waits for before it refuses a message; who only reads is not held up.
    const stop = await repeat(stack, 150, () =>
      session.query('begin; lock table messages in exclusive mode; select pg_sleep(1.6); commit'),
    );
    return async () => {
      await stop();
      await session.end();
      await restore();
    };
  },
});
