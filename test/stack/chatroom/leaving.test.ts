import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ChatClient } from '../../../chatroom/client';
import { eventually } from './eventually';
import { Machine, type OwnProcess } from './machine';

/** Lets clients talk until told to stop, and remembers which messages were acknowledged. */
class Talk {
  readonly acknowledged: string[] = [];
  readonly #speakers: Promise<void>[];
  #going = true;

  constructor(clients: readonly ChatClient[], room: string) {
    this.#speakers = clients.map(async (client, speaker) => {
      for (let count = 0; this.#going; count += 1) {
        const id = `${speaker}-${count}`;
        await client.send(room, `message ${id}`, id);
        this.acknowledged.push(id);
        await sleep(20);
      }
    });
  }

  async finish(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#speakers);
  }
}

describe('a replica that leaves under load', () => {
  let machine: Machine;
  let stay: OwnProcess;

  beforeAll(async () => {
    machine = await Machine.start();
    stay = await machine.server('stay', { CHATROOM_FRAMES_PER_SECOND: '100' });
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  const crowd = async (front: OwnProcess, room: string, size: number) => {
    const clients = Array.from({ length: size }, (_, index) => {
      const client = machine.client({ url: front.ws, name: `user ${index}` });
      client.join(room);
      client.open();
      return client;
    });
    await Promise.all(clients.map((client) => once(client, 'joined')));
    return clients;
  };

  const stored = async (room: string) =>
    (await machine.sql<{ client_id: string }>('SELECT client_id FROM messages WHERE room = $1', [room])).map(
      ({ client_id }) => client_id,
    );

  test('on SIGTERM sends its clients elsewhere, loses and doubles nothing, and exits with 0', async () => {
    const leaving = await machine.server('leaving', { CHATROOM_FRAMES_PER_SECOND: '100' });
    const front = await machine.nginx([stay, leaving]);
    const clients = await crowd(front, 'drain', 20);
    const replicas = new Map<ChatClient, string>();
    clients.forEach((client) => client.on('connected', ({ replica }) => replicas.set(client, replica)));
    const departures: { readonly at: number; readonly reason: string }[] = [];
    clients.forEach((client) =>
      client.on('disconnected', (reason) => departures.push({ at: Date.now() - began, reason })),
    );
    const talk = new Talk(clients, 'drain');
    let began = Date.now();
    await sleep(500);
    began = Date.now();
    leaving.child.signal('SIGTERM');
    await eventually(async () => (await fetch(`${leaving.http}/readyz`)).status === 503, 1_000);
    expect(await leaving.child.exited()).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    await sleep(500);
    await talk.finish();

    expect(talk.acknowledged.length).toBeGreaterThan(200);
    // As sorted lists: nothing acknowledged is missing, and nothing is there twice.
    expect((await stored('drain')).sort()).toEqual([...talk.acknowledged].sort());
    expect(replicas.size).toBeGreaterThan(0);
    // They went when they were asked to, each at a moment of its own; nobody had to be thrown out at the end.
    expect(departures.map(({ reason }) => reason)).not.toContain('drain');
    const moments = departures.map(({ at }) => at);
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(500);
    expect(new Set(replicas.values())).toEqual(new Set(['stay']));
    expect(leaving.child.output).toContain('"message":"stopped"');
    clients.forEach((client) => client.close());
  }, 120_000);

  test('killed together with PostgreSQL loses no message that was acknowledged, and stores none twice', async () => {
    const doomed = await machine.server('doomed', { CHATROOM_FRAMES_PER_SECOND: '100' });
    const front = await machine.nginx([stay, doomed]);
    const clients = await crowd(front, 'kill', 20);
    const talk = new Talk(clients, 'kill');
    await sleep(500);
    // Nothing can be stored now, so whatever is acknowledged from here on would be lost.
    machine.freezePostgres('SIGSTOP');
    await sleep(500);
    const before = talk.acknowledged.length;
    await sleep(500);
    expect(talk.acknowledged.length).toBe(before);
    await doomed.child.stop('SIGKILL');
    // The power goes too: what PostgreSQL was told and had not committed is gone with it.
    await machine.killPostgres();
    await machine.startPostgres();
    await sleep(1_500);
    await talk.finish();
    expect(talk.acknowledged.length).toBeGreaterThan(200);
    expect((await stored('kill')).sort()).toEqual([...talk.acknowledged].sort());
    clients.forEach((client) => client.close());
  }, 120_000);

  test('stops at once when nobody is connected', async () => {
    const idle = await machine.server('idle', { CHATROOM_DRAIN_SECONDS: '60' });
    const began = Date.now();
    expect(await idle.child.stop('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(2_000);
  }, 120_000);

  test('answers the requests that it has accepted before it lets go of PostgreSQL', async () => {
    const busy = await machine.server('busy', { CHATROOM_FAULTS: '1', CHATROOM_DRAIN_SECONDS: '0' });
    const order = { delaySeconds: 1 };
    await fetch(`${busy.http}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    const answer = fetch(`${busy.http}/api/rooms`);
    await sleep(300);
    busy.child.signal('SIGTERM');
    expect((await answer).status).toBe(200);
    expect(await busy.child.exited()).toBe(0);
  }, 120_000);

  test('ends clients that ignore the request to leave, and still exits with 0', async () => {
    const strict = await machine.server('strict', { CHATROOM_DRAIN_SECONDS: '1' });
    const deaf = new WebSocket(strict.ws);
    await once(deaf, 'open');
    const closed = once(deaf, 'close');
    strict.child.signal('SIGTERM');
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1012, 'drain']);
    expect(await strict.child.exited()).toBe(0);
  }, 120_000);

  test('stops in time and in order while PostgreSQL does not answer, however many messages wait for it', async () => {
    const stuck = await machine.server('stuck', {
      CHATROOM_DRAIN_SECONDS: '1',
      CHATROOM_FRAMES_PER_SECOND: '100000',
      CHATROOM_FRAME_BURST: '1000000',
    });
    const [client] = (await crowd(stuck, 'stuck', 1)) as [ChatClient];
    machine.freezePostgres('SIGSTOP');
    try {
      const outcomes = Promise.allSettled(
        Array.from({ length: 4_000 }, (_, index) => client.send('stuck', `message ${index}`)),
      );
      await sleep(500);
      const began = Date.now();
      stuck.child.signal('SIGTERM');
      expect(await stuck.child.exited()).toBe(0);
      expect(Date.now() - began).toBeLessThan(11_000);
      client.close();
      // Nobody was told that anything is stored.
      expect((await outcomes).filter(({ status }) => status === 'fulfilled')).toEqual([]);
    } finally {
      machine.freezePostgres('SIGCONT');
    }
  }, 120_000);

  test.each(['server', 'webhook'] as const)(
    'a %s stops in time though somebody has sent half a request and waits',
    async (kind) => {
      const own = kind === 'server' ? await machine.server('half') : await machine.webhook();
      const visitor = connect(own.port, '127.0.0.1');
      visitor.on('error', () => undefined);
      await once(visitor, 'connect');
      visitor.write(
        'POST /alerts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
      );
      await sleep(200);
      own.child.signal('SIGTERM');
      expect(await own.child.exited()).toBe(0);
      visitor.destroy();
    },
    120_000,
  );
});
