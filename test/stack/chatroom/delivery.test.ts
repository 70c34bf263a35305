import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from './eventually';
import { Machine, metric, type OwnProcess } from './machine';

const delivery = 'chatroom_message_delivery_seconds';
const lag = 'chatroom_fanout_lag_seconds';
const history = 'chatroom_history_query_duration_seconds';

describe('how long messages are on their way', () => {
  let machine: Machine;
  let one: OwnProcess;
  let two: OwnProcess;

  beforeAll(async () => {
    machine = await Machine.start();
    [one, two] = await Promise.all([machine.server('one'), machine.server('two')]);
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  const enter = async (name: string, room: string, server: OwnProcess) => {
    const client = machine.client({ url: server.ws, name });
    client.join(room);
    const joined = once(client, 'joined');
    client.open();
    await joined;
    return client;
  };

  test('is counted once for a broadcast and replica, however many clients get it', async () => {
    const sender = await enter('ann', 'crowd', one);
    await Promise.all(Array.from({ length: 20 }, (_, each) => enter(`guest-${each}`, 'crowd', two)));
    const before = await Promise.all([one, two].map((server) => metric(server, `${delivery}_count`)));
    for (let turn = 0; turn < 5; turn += 1) await sender.send('crowd', `turn ${turn}`);
    await eventually(async () => (await metric(two, `${delivery}_count`)) === (before[1] ?? 0) + 5);
    expect(await metric(one, `${delivery}_count`)).toBe((before[0] ?? 0) + 5);
    expect(await metric(two, `${delivery}_bucket{le="0.5"}`)).toBe((before[1] ?? 0) + 5);
  });

  test('is not counted where nobody is in the room', async () => {
    const sender = await enter('ann', 'alone', one);
    const before = await metric(two, `${delivery}_count`);
    const received = await metric(two, `${lag}_count`);
    await sender.send('alone', 'hello?');
    await eventually(async () => (await metric(two, `${lag}_count`)) === received + 1);
    expect(await metric(two, `${delivery}_count`)).toBe(before);
  });

  test('between replicas is counted by the one that hears, not by the one that says', async () => {
    const before = await metric(one, `${lag}_count`);
    const sender = await enter('ann', 'lag', one);
    await sender.send('lag', 'over to you');
    await eventually(async () => (await metric(two, `${lag}_count`)) > 0);
    expect(await metric(one, `${lag}_count`)).toBe(before);
    expect(await metric(two, `${lag}_bucket{le="0.5"}`)).toBe(await metric(two, `${lag}_count`));
  });

  test('includes the time that storing took', async () => {
    const sender = await enter('ann', 'late', one);
    await enter('bob', 'late', two);
    const late = async (server: OwnProcess) =>
      (await metric(server, `${delivery}_count`)) - (await metric(server, `${delivery}_bucket{le="0.5"}`));
    expect(await late(one)).toBe(0);
    const locked = machine.sql('BEGIN; LOCK TABLE messages IN EXCLUSIVE MODE; SELECT pg_sleep(1); COMMIT');
    await eventually(async () => {
      const held = await machine.sql(
        "SELECT 1 FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = 'messages'::regclass",
      );
      return held.length > 0;
    });
    await sender.send('late', 'sorry');
    await locked;
    await eventually(async () => (await late(two)) === 1);
    expect(await late(one)).toBe(1);
  });

  test('includes the time for which Redis was away', async () => {
    const sender = await enter('ann', 'deaf', one);
    await enter('bob', 'deaf', two);
    const before = await metric(two, `${delivery}_count`);
    await machine.redis.stop('SIGKILL');
    await sender.send('deaf', 'can you hear me?');
    // The replica that hears nothing finds it in PostgreSQL, and counts it as late as it was.
    await eventually(async () => (await metric(two, `${delivery}_count`)) === before + 1, 15_000);
    await machine.startRedis();
  }, 120_000);

  test('history is timed on both its ways, and the heap limit is known', async () => {
    const before = await metric(one, `${history}_count`);
    await enter('ann', 'past', one);
    await fetch(`${one.http}/api/rooms/past/messages`);
    expect(await metric(one, `${history}_count`)).toBe(before + 2);
    expect(await metric(one, 'chatroom_heap_limit_bytes')).toBeGreaterThan(100e6);
  });

  test('a replica says that it drains, and at last who should have left and has not', async () => {
    const three = await machine.server('three', { CHATROOM_DRAIN_SECONDS: '8' });
    const deaf = new WebSocket(three.ws);
    await once(deaf, 'open');
    expect(await metric(three, 'chatroom_draining')).toBe(0);
    three.child.stop('SIGTERM', 20_000).catch(() => undefined);
    await eventually(async () => (await metric(three, 'chatroom_draining')) === 1);
    expect(await metric(three, 'chatroom_drain_overdue_connections')).toBe(0);
    await eventually(async () => (await metric(three, 'chatroom_drain_overdue_connections')) === 1, 8_000);
    deaf.terminate();
  }, 120_000);
});
