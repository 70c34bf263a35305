import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { subprotocol, type ServerFrame } from '../../../chatroom/protocol/frames';
import { eventually } from './eventually';
import { Machine, metric, type OwnProcess } from './machine';
import { Recorder } from './recorder';

const ready = async (server: OwnProcess) => (await fetch(`${server.http}/readyz`)).status;
/** What its metrics say of the same, at the latest a look and the patience of that later. */
const saysReady = (server: OwnProcess, expected: 0 | 1) =>
  eventually(async () => (await metric(server, 'chatroom_ready')) === expected, 5_000);
const refusals = (server: OwnProcess) =>
  metric(server, 'chatroom_messages_refused_total{reason="unavailable"}');

describe('a chat server whose dependencies come and go', () => {
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
    const recorder = new Recorder(client, room);
    client.join(room);
    const joined = once(client, 'joined');
    client.open();
    await joined;
    return { client, recorder };
  };

  test('refuses messages with an error that says to try again while PostgreSQL is gone, and stores them when it is back', async () => {
    const raw = await talk(one, 'raw', 'outage');
    const ann = await enter('ann', 'outage', one);
    const bob = await enter('bob', 'outage', two);
    const exceptions = await metric(one, 'chatroom_exceptions_total{origin="postgres"}');
    await saysReady(one, 1);
    expect(await refusals(one)).toBe(0);
    await machine.killPostgres();

    raw.say({ type: 'send', room: 'outage', id: 'refused', text: 'into the void' });
    expect(await raw.hear((frame) => frame.type === 'error')).toMatchObject({
      code: 'unavailable',
      retryable: true,
      id: 'refused',
      room: 'outage',
    });
    const failed = await fetch(`${one.http}/api/rooms`);
    expect(failed.status).toBe(503);
    expect(await failed.json()).toMatchObject({ retryable: true });
    expect(await refusals(one)).toBeGreaterThan(0);
    expect(await ready(one)).toBe(503);
    await saysReady(one, 0);
    expect((await fetch(`${one.http}/healthz`)).status).toBe(200);
    expect(await metric(one, 'chatroom_exceptions_total{origin="postgres"}')).toBeGreaterThan(exceptions);
    expect(
      await metric(one, 'chatroom_http_requests_total{method="GET",path="/api/rooms",status="503"}'),
    ).toBeGreaterThan(0);

    const waiting = ann.client.send('outage', 'patience');
    await sleep(1_500);
    expect(ann.client.pending).toBe(1);
    await machine.startPostgres();
    await waiting;
    await eventually(() => bob.recorder.texts().includes('patience'));
    expect(ann.recorder.texts()).toEqual(['patience']);
    await eventually(async () => (await ready(one)) === 200);
    await saysReady(one, 1);
    expect(one.child.running && two.child.running).toBe(true);
  }, 120_000);

  test('answers in bounded time while PostgreSQL is there and does not answer', async () => {
    const raw = await talk(one, 'raw', 'frozen');
    machine.freezePostgres('SIGSTOP');
    try {
      const began = Date.now();
      raw.say({ type: 'send', room: 'frozen', id: 'frozen', text: 'is anybody there' });
      const answered = raw.hear((frame) => frame.type === 'error', 10_000);
      expect((await fetch(`${one.http}/readyz`)).status).toBe(503);
      expect((await fetch(`${one.http}/healthz`)).status).toBe(200);
      await saysReady(one, 0);
      expect(await answered).toMatchObject({ code: 'unavailable', retryable: true });
      expect(Date.now() - began).toBeLessThan(8_000);
      expect(raw.heard((frame) => frame.type === 'ack')).toBe(false);
    } finally {
      machine.freezePostgres('SIGCONT');
    }
    await eventually(async () => (await ready(one)) === 200);
    raw.say({ type: 'send', room: 'frozen', id: 'frozen', text: 'is anybody there' });
    await raw.hear((frame) => frame.type === 'ack');
    expect(await machine.sql("SELECT text FROM messages WHERE room = 'frozen'")).toHaveLength(1);
  }, 120_000);

  test('keeps being one room while Redis is gone, through PostgreSQL', async () => {
    const ann = await enter('ann', 'redis', one);
    const bob = await enter('bob', 'redis', two);
    await eventually(() => ann.recorder.memberCount === 2);
    await machine.redis.stop('SIGKILL');

    await ann.client.send('redis', 'said without Redis');
    await eventually(() => ann.recorder.texts().includes('said without Redis'), 1_000);
    await eventually(() => bob.recorder.texts().includes('said without Redis'), 5_000);
    expect(await ready(one)).toBe(503);
    await saysReady(one, 0);
    expect(await metric(one, 'chatroom_exceptions_total{origin="redis"}')).toBeGreaterThan(0);

    await machine.startRedis();
    await eventually(async () => (await ready(one)) === 200 && (await ready(two)) === 200);
    await ann.client.send('redis', 'said with Redis');
    await eventually(() => bob.recorder.texts().includes('said with Redis'), 1_000);
    expect(bob.recorder.texts()).toEqual(['said without Redis', 'said with Redis']);
  }, 120_000);

  test('shows all that was stored while Redis was gone, thousands of messages as well as a few', async () => {
    const bob = await enter('bob', 'backlog', two);
    await machine.redis.stop('SIGKILL');
    // What other replicas store meanwhile. Each text names its place, so that nothing can stand in for another.
    await machine.sql(
      `INSERT INTO messages (room, author, kind, client_id, text)
       SELECT 'backlog', 'ann', 'user', 'id-' || n, 'message ' || n FROM generate_series(1, 2500) n`,
    );
    await eventually(() => bob.recorder.messages.size === 2_500, 10_000);
    expect(bob.recorder.texts()).toEqual(Array.from({ length: 2_500 }, (_, index) => `message ${index + 1}`));
    await machine.startRedis();
    await eventually(async () => (await ready(one)) === 200 && (await ready(two)) === 200);
  }, 120_000);

  test('forgets the people of a replica it cannot hear, and finds them again', async () => {
    const ann = await enter('ann', 'expiry', one);
    await enter('bob', 'expiry', two);
    await eventually(() => ann.recorder.memberCount === 2);
    await machine.redis.stop('SIGKILL');
    await eventually(() => ann.recorder.memberCount === 1, 25_000);
    expect([...ann.recorder.members]).toEqual(['ann']);
    const carol = await enter('carol', 'expiry', two);
    await machine.startRedis();
    await eventually(() => ann.recorder.memberCount === 3 && carol.recorder.memberCount === 3, 10_000);
    expect([...ann.recorder.members].sort()).toEqual(['ann', 'bob', 'carol']);
  }, 120_000);

  test('notices a Redis that accepts connections and does not answer', async () => {
    const ann = await enter('ann', 'deaf', one);
    const bob = await enter('bob', 'deaf', two);
    machine.redis.signal('SIGSTOP');
    await sleep(500);
    // At once: nobody has noticed yet, and what is published now is stuck in a socket.
    await ann.client.send('deaf', 'before anybody noticed');
    await eventually(async () => (await ready(one)) === 503);
    await ann.client.send('deaf', 'after it was noticed');
    await eventually(() => bob.recorder.messages.size === 2, 10_000);
    machine.redis.signal('SIGCONT');
    await eventually(async () => (await ready(one)) === 200, 10_000);
    expect(bob.recorder.texts()).toEqual(['before anybody noticed', 'after it was noticed']);
  }, 120_000);

  test('shows everybody a message that its replica stored and died before telling', async () => {
    const doomed = await machine.server('doomed');
    const ann = await enter('ann', 'orphan', one);
    const bob = await enter('bob', 'orphan', doomed);
    await bob.client.send('orphan', 'first');
    await eventually(() => ann.recorder.messages.size === 1);
    bob.client.close();
    await doomed.child.stop('SIGKILL');
    // What a process that dies between COMMIT and PUBLISH leaves behind.
    await machine.sql(
      "INSERT INTO messages (room, author, kind, client_id, text) VALUES ('orphan', 'bob', 'user', 'x', 'last words')",
    );
    await eventually(() => ann.recorder.texts().includes('last words'), 25_000);
  }, 120_000);

  test('starts before PostgreSQL and Redis do, and is ready once they are', async () => {
    await machine.redis.stop('SIGKILL');
    await machine.killPostgres();
    const early = await machine.server('early', {}, 'healthz');
    expect(await ready(early)).toBe(503);
    await Promise.all([machine.startPostgres(), machine.startRedis()]);
    await eventually(async () => (await ready(early)) === 200);
    const { client } = await enter('ann', 'early', early);
    await client.send('early', 'good morning');
    expect(early.child.running).toBe(true);
  }, 120_000);
});

/** A connection that does only what it is told, unlike ChatClient, which would try again by itself. */
async function talk(server: OwnProcess, name: string, room: string) {
  const socket = new WebSocket(server.ws, subprotocol);
  const frames: ServerFrame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
  await once(socket, 'open');
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  const hear = (wanted: (frame: ServerFrame) => boolean, withinMs = 5_000) =>
    eventually(() => frames.find(wanted), withinMs);
  const heard = (wanted: (frame: ServerFrame) => boolean) => frames.some(wanted);
  say({ type: 'hello', name });
  say({ type: 'join', room });
  await hear(({ type }) => type === 'joined');
  return { say, hear, heard };
}
