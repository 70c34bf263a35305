import { fault } from './fault';
import { misbehave } from './misbehave';

/** Far from the share of errors that is an alert of its own, and forty times what the budget allows. */
const errorRatio = 0.04;

export const budget = fault({
  name: 'budget',
  does: 'fails one request in 25 until the budget of errors burns',
  alerts: ['ChatRoomAvailabilityBudgetBurningFast'],
  needsLoad: true,
  inject: async (stack) => {
    const restore = await stack.retune({
      // A stack that was told to forget about budgets, as those of the tests are, has to look at this one now.
      ChatRoomAvailabilityBudgetBurningFast: {},
      // With enough people, few errors of a hundred are many exceptions.
      ChatRoomExceptions: false,
    });
    const behave = await misbehave({ errorRatio })(stack);
    return async () => {
      await behave();
      await restore();
    };
  },
});
