import { fault } from './fault';
import { lockedMessages } from './locked-messages';

export const slowCommits = fault({
  name: 'slow-commits',
  does: 'keeps PostgreSQL from taking messages for most of every two seconds',
  alerts: ['ChatRoomDeliveryBudgetBurningFast'],
  needsLoad: true,
  inject: async (stack) => {
    // A stack that was told to forget about budgets, as those of the tests are, has to look at this one now.
    const restore = await stack.retune({ ChatRoomDeliveryBudgetBurningFast: {} });
    // Short of what a server waits for before it refuses a message.
    const unlock = await lockedMessages(stack, { mode: 'exclusive', seconds: 1.6 });
    return async () => {
      await unlock();
      await restore();
    };
  },
});
