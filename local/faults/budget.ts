import { fault } from './fault';
import { misbehave } from './misbehave';

export const budget = fault({
  name: 'budget',
  does: 'fails half of all requests, with no alert but that of the budget',
  alerts: ['ChatRoomAvailabilityBudgetBurningFast'],
  needsLoad: true,
  inject: async (stack) => {
    const restore = await stack.retune({
      // The cause that would mute it. Those who never see half of their requests fail see a budget go instead.
      ChatRoomHighErrorRate: false,
      // A stack that was told to forget about budgets, as those of the tests are, has to look at this one now.
      ChatRoomAvailabilityBudgetBurningFast: {},
    });
    const behave = await misbehave({ errorRatio: 0.5 })(stack);
    return async () => {
      await behave();
      await restore();
    };
  },
});
