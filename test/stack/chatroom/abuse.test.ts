import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { HeapProbe } from '../../../local/observe/heap-probe';
import { subprotocol, type ServerFrame } from '../../../chatroom/protocol/frames';
import { damage, garble } from '../../chatroom/damage';
import { seeded } from '../../chatroom/random';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { Machine, metric, type OwnProcess } from './machine';
import { breaches } from './malformed-frames';
import { opcodes, rawFrame, RawSocket } from './raw-socket';
import { bytesPerItem, smallHeap } from './small-heap';

const disconnections = (server: OwnProcess, reason: string) =>
  metric(server, `chatroom_websocket_disconnections_total{reason="${reason}"}`);

/** What is no breach: a frame that closes the connection. */
const farewell = { bytes: () => rawFrame({ opcode: opcodes.close, payload: Buffer.from([0x03, 0xe8]) }) };

describe('a chat server among clients that mean no good', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start();
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  /** A server in a small heap that somebody looks into. */
  const inspected = async (name: string, env: Record<string, string>) => {
    const port = await freePort();
    const server = await machine.server(name, {
      NODE_OPTIONS: `${smallHeap} --inspect=127.0.0.1:${port}`,
      CHATROOM_LOG_LEVEL: 'error',
      ...env,
    });
    return { server, probe: await HeapProbe.attach(port) };
  };

  test('outlives ten thousand frames that are none, closes each connection as RFC 6455 says, and keeps nothing of them', async () => {
    const { server, probe } = await inspected('raw', { CHATROOM_HEARTBEAT_SECONDS: '1' });
    const calm = machine.client({ url: server.ws, name: 'calm' });
    calm.join('raw');
    calm.open();
    await once(calm, 'joined');
    const random = seeded(6_455);
    const kinds = Object.entries(breaches);
    const wrong = new Map<string, number>();
    const waiting: Promise<void>[] = [];
    let answered = 0;
    const offend = async (index: number): Promise<void> => {
      const [kind, { bytes, code }] = kinds[index % kinds.length] as (typeof kinds)[number];
      const raw = await RawSocket.open(server);
      // Half of them come in first, so that there is more to let go of.
      if (index % 2 === 0) {
        for (const frame of [
          { type: 'hello', name: `stranger ${index}` },
          { type: 'join', room: 'raw' },
        ]) {
          raw.socket.write(rawFrame({ opcode: opcodes.text, payload: JSON.stringify(frame) }));
        }
      }
      raw.socket.write(bytes(random));
      const over = raw.ended().then(() => {
        if (code !== undefined) answered += 1;
        // Who says nothing more is ended for its silence, whatever it has begun.
        if (raw.closeCode !== (code ?? 1008)) {
          const what = `${kind}: ${raw.closeCode}`;
          wrong.set(what, (wrong.get(what) ?? 0) + 1);
        }
        raw.socket.destroy();
      });
      if (code === undefined) waiting.push(over);
      else await over;
    };
    let count = 0;
    const frames = async (total: number): Promise<number> => {
      for (const end = count + total; count < end;) {
        await Promise.all(Array.from({ length: 50 }, () => offend(count++)));
      }
      await Promise.all(waiting.splice(0));
      await eventually(async () => (await metric(server, 'chatroom_websocket_connections_active')) === 1);
      return probe.liveBytes();
    };
    await frames(3_000);
    const before = await frames(1_000);
    const after = await frames(10_000);
    probe.close();
    expect([...wrong]).toEqual([]);
    expect((after - before) / 10_000).toBeLessThan(bytesPerItem);
    expect(await disconnections(server, 'protocol_error')).toBeGreaterThanOrEqual(answered);
    for (const origin of ['websocket', 'process', 'http', 'postgres']) {
      expect(await metric(server, `chatroom_exceptions_total{origin="${origin}"}`)).toBe(0);
    }
    expect(await metric(server, 'chatroom_users_online')).toBe(1);
    expect(calm.connected).toBe(true);
    await calm.send('raw', 'still here');
  }, 400_000);

  test('lets go of those whose frame was none, and of those who say goodbye, though they keep their half of the connection', async () => {
    const server = await machine.server('kept');
    const offenders = await Promise.all(
      [...Object.values(breaches).filter(({ code }) => code !== undefined), farewell].map(
        async ({ bytes }) => {
          const raw = await RawSocket.open(server, true);
          raw.socket.write(bytes(seeded(1)));
          await raw.ended();
          return raw;
        },
      ),
    );
    await eventually(
      async () => (await metric(server, 'chatroom_websocket_connections_active')) === 0,
      5_000,
    );
    expect(await disconnections(server, 'protocol_error')).toBe(offenders.length - 1);
    expect(await disconnections(server, 'client')).toBe(1);
    offenders.forEach(({ socket }) => socket.destroy());
  }, 120_000);

  test('outlives ten thousand frames that hold nonsense in a heap of 80 MiB, answers each, and keeps nothing of them', async () => {
    const { server, probe } = await inspected('fuzz', {
      CHATROOM_FRAMES_PER_SECOND: '100000',
      CHATROOM_FRAME_BURST: '1000000',
    });
    const random = seeded(20_260_731);
    const valid = [
      { type: 'hello', name: 'ann' },
      { type: 'join', room: 'fuzz', after: 3 },
      { type: 'leave', room: 'fuzz' },
      { type: 'send', room: 'fuzz', id: 'an-id', text: 'hello' },
      { type: 'ping' },
    ];
    const answers = new Map<string, number>();
    // Connections that offend too often are ended, so the ten thousand need a few hundred of them.
    const batch = async (size: number) => {
      const socket = new WebSocket(server.ws, subprotocol);
      let heard = 0;
      socket.on('message', (data: Buffer) => {
        heard += 1;
        const frame = JSON.parse(data.toString()) as ServerFrame;
        const kind = frame.type === 'error' ? frame.code : frame.type;
        answers.set(kind, (answers.get(kind) ?? 0) + 1);
      });
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'hello', name: 'fuzzer' }));
      for (let count = 0; count < size; count += 1) {
        const frame = valid[Math.floor(random() * valid.length)];
        const text = JSON.stringify(damage(frame, random)) ?? '';
        socket.send(random() < 0.3 ? garble(text, random) : text);
      }
      await eventually(() => heard > size);
      socket.close();
      await once(socket, 'close');
    };
    for (let count = 0; count < 50; count += 1) await batch(40);
    const before = await probe.liveBytes();
    for (let count = 0; count < 250; count += 1) await batch(40);
    const after = await probe.liveBytes();
    probe.close();
    expect((after - before) / 10_000).toBeLessThan(bytesPerItem);
    expect(answers.get('bad_frame')).toBeGreaterThan(5_000);
    expect(answers.get('internal')).toBeUndefined();
    expect(await metric(server, 'chatroom_exceptions_total{origin="websocket"}')).toBe(0);
    expect(await metric(server, 'chatroom_exceptions_total{origin="postgres"}')).toBe(0);
    await eventually(async () => (await metric(server, 'chatroom_websocket_connections_active')) === 0);
    expect(await metric(server, 'chatroom_users_online')).toBe(0);
  }, 300_000);

  test('ends a client that goes on talking nonsense, and says why', async () => {
    const server = await machine.server('nonsense', {
      CHATROOM_FRAMES_PER_SECOND: '100000',
      CHATROOM_FRAME_BURST: '1000',
    });
    const socket = new WebSocket(server.ws);
    await once(socket, 'open');
    for (let count = 0; count < 200; count += 1) socket.send('nonsense');
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1008, 'protocol_error']);
    await eventually(async () => (await disconnections(server, 'protocol_error')) === 1);
  }, 120_000);

  test('slows a flood down and then ends it, while others go on talking', async () => {
    const server = await machine.server('flood');
    const calm = machine.client({ url: server.ws, name: 'calm' });
    calm.join('flood');
    calm.open();
    await once(calm, 'joined');
    const socket = new WebSocket(server.ws);
    const codes: string[] = [];
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      if (frame.type === 'error') codes.push(`${frame.code} ${frame.id} ${frame.retryable}`);
    });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.send(JSON.stringify({ type: 'hello', name: 'flooder' }));
    socket.send(JSON.stringify({ type: 'join', room: 'flood' }));
    for (let count = 0; count < 2_000; count += 1) {
      socket.send(JSON.stringify({ type: 'send', room: 'flood', id: `flood-${count}`, text: 'spam' }));
    }
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1008, 'rate_limited']);
    expect(codes[0]).toMatch(/^rate_limited flood-\d+ true$/);
    await calm.send('flood', 'still here');
    const [{ count }] = (await machine.sql<{ count: string }>(
      "SELECT count(*) FROM messages WHERE author = 'flooder'",
    )) as [{ count: string }];
    expect(Number(count)).toBeLessThan(60);
    await eventually(async () => (await disconnections(server, 'rate_limited')) === 1);
  }, 120_000);

  test('refuses an oversized message as the protocol says, and an oversized frame as WebSocket says', async () => {
    const server = await machine.server('size');
    const socket = new WebSocket(server.ws);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', name: 'ann' }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ type: 'send', room: 'size', id: 'long', text: 'x'.repeat(2_001) }));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(answer.toString())).toMatchObject({
      code: 'bad_frame',
      id: 'long',
      retryable: false,
      message: expect.stringContaining('2000 characters') as string,
    });
    socket.send('x'.repeat(70_000));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
    await eventually(async () => (await disconnections(server, 'protocol_error')) === 1);
    expect(await metric(server, 'chatroom_exceptions_total{origin="websocket"}')).toBe(0);
  }, 120_000);

  test('drops a client that does not read, with a reason, and serves those who do', async () => {
    const server = await machine.server('slow', {
      CHATROOM_MAX_BUFFERED_BYTES: '65536',
      CHATROOM_FRAMES_PER_SECOND: '100000',
      CHATROOM_FRAME_BURST: '1000000',
    });
    const reader = machine.client({ url: server.ws, name: 'reader' });
    reader.join('slow');
    reader.open();
    await once(reader, 'joined');
    const sleeper = new WebSocket(server.ws);
    await once(sleeper, 'open');
    sleeper.send(JSON.stringify({ type: 'hello', name: 'sleeper' }));
    sleeper.send(JSON.stringify({ type: 'join', room: 'slow' }));
    await eventually(async () => (await metric(server, 'chatroom_users_online')) === 2);
    await sleep(500);
    sleeper.pause();
    // The kernel's socket buffers take some megabytes before the server notices.
    const text = '慢'.repeat(1_900);
    for (let round = 0; round < 60 && (await disconnections(server, 'slow_client')) === 0; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => reader.send('slow', text)));
    }
    await eventually(async () => (await disconnections(server, 'slow_client')) === 1);
    await reader.send('slow', 'the show goes on');
    expect(reader.connected).toBe(true);
    expect(await metric(server, 'chatroom_users_online')).toBe(1);
    expect(server.child.output).toContain('"reason":"slow_client"');
    sleeper.terminate();
  }, 120_000);

  test('ends connections that went silent or never introduced themselves', async () => {
    const server = await machine.server('silent', { CHATROOM_HEARTBEAT_SECONDS: '1' });
    const mute = new WebSocket(server.ws, { autoPong: false });
    await once(mute, 'open');
    const [code, reason] = (await once(mute, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1008, 'heartbeat_timeout']);
    const polite = new WebSocket(server.ws);
    await once(polite, 'open');
    const nameless = (await once(polite, 'close')) as [number, Buffer];
    expect([nameless[0], nameless[1].toString()]).toEqual([1008, 'protocol_error']);
    await eventually(async () => (await disconnections(server, 'heartbeat_timeout')) === 1);
  }, 120_000);

  test('refuses more connections than it may have, with a status that says to come back', async () => {
    const server = await machine.server('full', { CHATROOM_MAX_CONNECTIONS: '2' });
    const sockets = [new WebSocket(server.ws), new WebSocket(server.ws)];
    await Promise.all(sockets.map((socket) => once(socket, 'open')));
    const third = new WebSocket(server.ws);
    const [, response] = (await once(third, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(503);
    expect(await metric(server, 'chatroom_http_requests_total{method="GET",path="/ws",status="503"}')).toBe(
      1,
    );
    sockets.forEach((socket) => socket.close());
  }, 120_000);

  test('lets go of those whose request to upgrade was refused, though they keep their half of the connection', async () => {
    const server = await machine.server('half-open');
    const descriptors = () => readdirSync(`/proc/${server.child.pid}/fd`).length;
    const before = descriptors();
    const clients = await Promise.all(
      ['/nowhere', '/ws', '/ws?x'].map(async (path) => {
        const client = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
        await once(client, 'connect');
        client.write(
          `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: other\r\n\r\n`,
        );
        client.resume();
        await once(client, 'end');
        return client;
      }),
    );
    await eventually(() => descriptors() === before);
    clients.forEach((client) => client.destroy());
  }, 120_000);

  test('survives broken handshakes and connections that are cut at any moment', async () => {
    const server = await machine.server('cut');
    const openings = [
      'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x05hello',
      'GET /nowhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'POST /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 99\r\n\r\n{',
      '\x16\x03\x01\x02\x00\x01',
      'GET / HTTP/1.1\r\nHost: x\r\nX: ' + 'y'.repeat(20_000),
      'GET /api/rooms/%ff/messages HTTP/1.1\r\nHost: x\r\n\r\n',
    ];
    for (let count = 0; count < 210; count += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(openings[count % openings.length] as string, 'latin1');
      if (count % 3 === 0) socket.resetAndDestroy();
      else setTimeout(() => socket.destroy(), count % 50);
    }
    await sleep(500);
    expect((await fetch(`${server.http}/readyz`)).status).toBe(200);
    await eventually(async () => (await metric(server, 'chatroom_websocket_connections_active')) === 0);
    expect(await metric(server, 'chatroom_exceptions_total{origin="process"}')).toBe(0);
    expect(await metric(server, 'chatroom_exceptions_total{origin="http"}')).toBe(0);
  }, 120_000);
});
