import { withRedis } from '../components/redis';
import { fault } from './fault';

const key = (index: number): string => `rehearsal:ballast:${index}`;
const ballastBytes = 256 * 1_024;
const pieces = 64;

export const redisMemory = fault({
  name: 'redis-memory',
  does: 'fills Redis to 95 % of a limit beyond which it refuses writes',
  alerts: ['RedisHighMemoryUsage'],
  inject: async ({ site }) => {
    await withRedis(site, async (client) => {
      const ballast = Buffer.alloc(ballastBytes, 'x').toString();
      for (let index = 0; index < pieces; index += 1) await client.set(key(index), ballast);
      const used = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
      await client.configSet({
        maxmemory: String(Math.round(used / 0.95)),
        'maxmemory-policy': 'noeviction',
      });
    });
    return () =>
      withRedis(site, async (client) => {
        await client.del(Array.from({ length: pieces }, (_, index) => key(index)));
        await client.configSet('maxmemory', '0');
      });
  },
});
