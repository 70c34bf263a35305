import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { createClient } from 'redis';
import { RedisLink } from '../../../chatroom/fanout/redis-link';
import { Postgres } from '../../../chatroom/storage/postgres';
import { StorageUnavailable } from '../../../chatroom/storage/unavailable';
import { Machine } from './machine';

const log = pino({ level: 'silent' });

/** Bytes that are alive in this process. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

describe('the connections to the stores', () => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await Machine.start();
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  test('to Redis keeps nothing of the thousands of times that it was asked whether it is there', async () => {
    const url = machine.env['CHATROOM_REDIS_URL'] as string;
    const link = new RedisLink({ url, log, countException: () => undefined, channels: {}, pingEveryMs: 1 });
    const observer = createClient({ url });
    await observer.connect();
    const pings = async () =>
      Number(/cmdstat_ping:calls=(\d+)/.exec(await observer.info('commandstats'))?.[1]);
    try {
      const up = once(link, 'up');
      link.start();
      await up;
      await sleep(1_000);
      const [bytesBefore, before] = [liveBytes(), await pings()];
      await sleep(10_000);
      const [bytesAfter, after] = [liveBytes(), await pings()];
      expect(after - before).toBeGreaterThan(2_000);
      expect((bytesAfter - bytesBefore) / (after - before)).toBeLessThan(100);
      expect(link.up).toBe(true);
    } finally {
      await link.close();
      await observer.close();
    }
  }, 60_000);

  test('to PostgreSQL may break between two statements without ending the process', async () => {
    const url = machine.env['CHATROOM_DATABASE_URL'] as string;
    const postgres = new Postgres({
      url,
      poolSize: 2,
      applicationName: 'test',
      log,
      countException: () => undefined,
    });
    const broken = postgres.withClient(async (client) => {
      const [{ pid } = { pid: 0 }] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))
        .rows;
      await machine.sql('SELECT pg_terminate_backend($1)', [pid]);
      await sleep(500);
      await client.query('SELECT 1');
    });
    await expect(broken).rejects.toBeInstanceOf(StorageUnavailable);
    await postgres.ping();
    await postgres.close();
  }, 60_000);
});
