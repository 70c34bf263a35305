import { fault } from './fault';
import { misbehave } from './misbehave';

export const latencyBudget = fault({
  name: 'latency-budget',
  does: 'keeps everybody waiting until the budget of slow answers burns',
  alerts: ['ChatRoomHighResponseTime', 'ChatRoomLatencyBudgetBurningFast'],
  needsLoad: true,
  inject: async (stack) => {
    // A stack that was told to forget about budgets, as those of the tests are, has to look at this one now.
    const restore = await stack.retune({ ChatRoomLatencyBudgetBurningFast: {} });
    const behave = await misbehave({ delaySeconds: 4 })(stack);
    return async () => {
      await behave();
      await restore();
    };
  },
});
