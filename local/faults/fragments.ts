import { withRedis } from '../components/redis';
import { fault } from './fault';

const prefix = 'rehearsal:fragment:';
/** Of a size of which four share the pages that are given back together, if all four are gone. */
const pieces = 40_000;
const pieceBytes = 4_700;
const keptOfEach = 4;
/** As a cache would; a key without an end is a fault of its own. */
const secondsToLive = 3_600;
/** So many at a time keep Redis from others for some milliseconds. */
const batch = 500;

const write = `
  for piece = ARGV[1], ARGV[2] do
    redis.call('SET', ARGV[3] .. piece, string.rep('x', ARGV[4]), 'EX', ARGV[5])
  end`;
const remove = `
  for piece = ARGV[1], ARGV[2] do
    if piece % ARGV[4] ~= 0 then redis.call('UNLINK', ARGV[3] .. piece) end
  end`;
const removeAll = `
  for piece = ARGV[1], ARGV[2] do redis.call('UNLINK', ARGV[3] .. piece) end`;

export const fragments = fault({
  name: 'fragments',
  does: 'fills Redis with keys, and removes three of every four',
  alerts: ['RedisMemoryFragmented'],
  inject: async ({ site, defer }) => {
    const inBatches = (script: string, ...more: readonly string[]): Promise<void> =>
      withRedis(site, async (client) => {
        for (let first = 1; first <= pieces; first += batch) {
          const range = [String(first), String(first + batch - 1)];
          await client.eval(script, { arguments: [...range, prefix, ...more] });
        }
      });
    const mend = async (): Promise<void> => {
      await inBatches(removeAll);
      await withRedis(site, (client) => client.sendCommand(['MEMORY', 'PURGE']));
    };
    defer(mend);
    await inBatches(write, String(pieceBytes), String(secondsToLive));
    await inBatches(remove, String(keptOfEach));
    return mend;
  },
});
