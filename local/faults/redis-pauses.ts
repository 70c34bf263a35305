import { setTimeout as sleep } from 'node:timers/promises';
import { withRedis } from '../components/redis';
import { chatterbox } from './chatterbox';
import { fault } from './fault';
import { repeat } from './repeat';

/** Most of the time, and short of the second after which a chat server no longer calls itself ready. */
const pauseMilliseconds = 800;

export const redisPauses = fault({
  name: 'redis-pauses',
  does: 'lets Redis pass nothing on for most of every second',
  alerts: ['ChatRoomFanoutLagging'],
  inject: async (stack) => {
    const { site } = stack;
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
    };
  },
});
