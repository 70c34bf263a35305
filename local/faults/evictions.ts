import { withRedis } from '../components/redis';
import { fault } from './fault';
import { repeat } from './repeat';

const key = (index: number | '*'): string => `rehearsal:cached:${index}`;
const pieceBytes = 64 * 1_024;
const roomBytes = 8 * 1_024 * 1_024;
/** As a cache would; a key without an end is a fault of its own. */
const secondsToLive = 600;

export const evictions = fault({
  name: 'evictions',
  does: 'uses Redis as a cache that is far too small',
  alerts: ['RedisEvictingKeys'],
  inject: async (stack) => {
    const { site } = stack;
    const before = await withRedis(site, async (client) => {
      const used = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
      const { maxmemory, 'maxmemory-policy': policy } = await client.configGet([
        'maxmemory',
        'maxmemory-policy',
      ]);
      await client.configSet({ maxmemory: String(used + roomBytes), 'maxmemory-policy': 'allkeys-lru' });
      return { maxmemory: maxmemory ?? '0', 'maxmemory-policy': policy ?? 'noeviction' };
    });
    const piece = 'x'.repeat(pieceBytes);
    let written = 0;
    const stop = await repeat(stack, 250, () =>
      withRedis(site, async (client) => {
        for (let count = 0; count < 20; count += 1)
          await client.set(key((written += 1)), piece, { EX: secondsToLive });
      }),
    );
    return async () => {
      await stop();
      await withRedis(site, async (client) => {
        await client.configSet(before);
        for await (const keys of client.scanIterator({ MATCH: key('*') }))
          if (keys.length > 0) await client.unlink(keys);
      });
    };
  },
});
