import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { HeapProbe } from '../../../local/observe/heap-probe';
import { subprotocol, type ServerFrame } from '../../../chatroom/protocol/frames';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { Machine, metric, type OwnProcess } from './machine';

/** Cycles at a time, and in one window of the measurement. */
const atOnce = 100;
const window = 2_000;

/**
 * What one cycle may seem to leave behind for good. A connection is ten times that; beneath it are code that is
 * compiled late, and a memory of what was delivered that is still filling up.
 */
const bytesPerCycle = 400;

/** What a server holds on to. */
interface Holding {
  readonly liveBytes: number;
  readonly descriptors: number;
  readonly timers: number;
}

describe('a chat server that people come to and leave again', () => {
  let machine: Machine;
  let server: OwnProcess;
  let probe: HeapProbe;
  let cycles = 0;

  beforeAll(async () => {
    machine = await Machine.start();
    const inspected = await freePort();
    server = await machine.server('growth', {
      NODE_OPTIONS: `--inspect=127.0.0.1:${inspected}`,
      CHATROOM_LOG_LEVEL: 'error',
      CHATROOM_DATABASE_POOL_SIZE: '2',
    });
    probe = await HeapProbe.attach(inspected);
  }, 120_000);
  afterAll(async () => {
    probe?.close();
    await machine?.stop();
  }, 60_000);

  /** Somebody new comes, enters a new room and the common one, talks, reads, and goes in one of many ways. */
  async function comeAndGo(): Promise<void> {
    const number = cycles++;
    const rooms = ['common', `room-${number}`];
    const socket = new WebSocket(server.ws, subprotocol, { perMessageDeflate: false });
    const heard = new Map<string, number>();
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as ServerFrame;
      heard.set(type, (heard.get(type) ?? 0) + 1);
    });
    socket.on('error', () => undefined);
    const say = (frame: object): void => socket.send(JSON.stringify(frame));
    const until = (type: string, count = 1) => eventually(() => (heard.get(type) ?? 0) >= count);
    await once(socket, 'open');
    if (number % 50 === 0) return void socket.terminate(); // without a word
    say({ type: 'hello', name: `guest ${number}` });
    for (const room of rooms) say({ type: 'join', room });
    if (number % 10 === 1) return void socket.terminate(); // while its history is being read
    await until('joined', 2);
    say({ type: 'send', room: rooms[number % 2], id: `message-${number}`, text: `I am number ${number}` });
    if (number % 10 === 2) return void socket.terminate(); // while its message is being stored
    await until('ack');
    if (number % 3 === 0) {
      for (const room of rooms) say({ type: 'leave', room });
      await until('left', 2);
    }
    if (number % 4 === 0) {
      // Otherwise the connection stays for a while, and whether it is counted depends on the pace of the machine.
      const headers = { connection: 'close' };
      await (await fetch(`${server.http}/api/rooms/${rooms[1]}/messages`, { headers })).text();
    }
    const closed = once(socket, 'close');
    socket.close(1000);
    await closed;
  }

  async function holding(): Promise<Holding> {
    await eventually(async () => (await metric(server, 'chatroom_websocket_connections_active')) === 0);
    await sleep(1_500); // news of who left are told, and half-closed sockets are gone
    return {
      liveBytes: await probe.liveBytes(),
      descriptors: readdirSync(`/proc/${server.child.pid}/fd`).length,
      timers: await metric(server, 'nodejs_active_resources{type="Timeout"}'),
    };
  }

  async function afterWindow(): Promise<Holding> {
    for (let done = 0; done < window; done += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, comeAndGo));
    }
    return holding();
  }

  test('holds on to nothing of them: sockets, timers and memory stay as they were', async () => {
    // What is made once and kept: compiled code, prepared statements, the memory of what was delivered last.
    await afterWindow();
    const before = await afterWindow();
    await afterWindow();
    const after = await afterWindow();
    expect((after.liveBytes - before.liveBytes) / (2 * window)).toBeLessThan(bytesPerCycle);
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors + 3);
    expect(after.timers).toBeLessThanOrEqual(before.timers + 3);
    expect(await metric(server, 'chatroom_users_online')).toBe(0);
    const { rooms } = (await (await fetch(`${server.http}/api/rooms`)).json()) as {
      rooms: readonly { online: number }[];
    };
    expect(rooms.filter(({ online }) => online > 0)).toEqual([]);
    expect(await metric(server, 'chatroom_exceptions_total{origin="websocket"}')).toBe(0);
  }, 300_000);
});
