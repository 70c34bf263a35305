import { setTimeout as sleep } from 'node:timers/promises';
import { withRedis } from '../components/redis';
import { chatterbox } from './chatterbox';
import { fault } from './fault';
import { repeat } from './repeat';

/** Most of the time, and short of what the chat servers take for a Redis that is gone. */
const pauseMilliseconds = 1_300;

export const redisPauses = fault({
  name: 'redis-pauses',
  does: 'lets Redis pass nothing on for more than a second, again and again',
  alerts: ['ChatRoomFanoutLagging', 'ChatRoomDeliveryBudgetBurningFast'],
  inject: async (stack) => {
    const { site } = stack;
    // A stack that was told to forget about budgets, as those of the tests are, has to look at this one now.
    const restore = await stack.retune({ ChatRoomDeliveryBudgetBurningFast: {} });
    const stopTalking = await chatterbox(stack, {
      name: 'chatterbox',
      text: 'And another thing.',
      everyMilliseconds: 300,
    });
    const pause = (): Promise<void> =>
      withRedis(site, async (client) => {
        // Whoever only reads, as its exporter does, is answered.
        await client.sendCommand(['CLIENT', 'PAUSE', String(pauseMilliseconds), 'WRITE']);
        await sleep(pauseMilliseconds);
      });
    const stop = await repeat(stack, 100, pause);
    return async () => {
      await stop();
      await stopTalking();
      await restore();
    };
  },
});
