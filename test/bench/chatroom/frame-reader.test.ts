import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { FrameReader } from '../../../bench/chatroom/generator/frame-reader';
import { RawClient } from '../../../bench/chatroom/generator/raw-client';

const frame = (text: string): Buffer => {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
};

const texts = ['short', 'x'.repeat(300), '', '中文'];

test.each([1, 2, 3, 7, 10_000])('frames come out whole when they arrive in pieces of %d bytes', (size) => {
  const read: string[] = [];
  const reader = new FrameReader((opcode, payload) => read.push(`${opcode} ${payload.toString()}`));
  const bytes = Buffer.concat(texts.map(frame));
  // As the sockets do: one piece of memory, overwritten by each chunk.
  const shared = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const count = bytes.copy(shared, 0, at, at + size);
    reader.read(shared.subarray(0, count));
  }
  expect(read).toEqual(texts.map((text) => `1 ${text}`));
});

test('a frame that it does not understand is an error and not a miscount', () => {
  const compressed = Buffer.from([0xc1, 1, 0]);
  expect(() => new FrameReader(() => undefined).read(compressed)).toThrow('does not know');
});

describe('against ws', () => {
  let server: WebSocketServer;
  let client: RawClient | undefined;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
  });

  afterEach(async () => {
    client?.destroy();
    server.clients.forEach((each) => each.terminate());
    await new Promise((resolve) => server.close(resolve));
  });

  const connect = (heard: (text: string) => void, lost: (why: string) => void): RawClient =>
    (client = new RawClient({
      port: (server.address() as AddressInfo).port,
      path: '/',
      opened: (self) => texts.forEach((text) => self.say(text)),
      heard: (_self, payload) => heard(payload.toString()),
      lost,
    }));

  test('what the client says is read by ws, and what ws says back by the client, up to long frames', async () => {
    const long = 'y'.repeat(70_000);
    const heard: string[] = [];
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        socket.send(data.toString());
        if (data.toString() === texts.at(-1)) socket.send(long);
      });
    });
    await new Promise<void>((resolve, reject) => {
      connect(
        (text) => {
          heard.push(text);
          if (text === long) resolve();
        },
        (why) => reject(new Error(why)),
      );
    });
    expect(heard).toEqual([...texts, long]);
  });

  test('pings are answered, as servers that watch their clients expect', async () => {
    server.on('connection', (socket) => socket.ping('are you there'));
    connect(
      () => undefined,
      () => undefined,
    );
    const [socket] = (await once(server, 'connection')) as [WebSocket];
    const [answer] = (await once(socket, 'pong')) as [Buffer];
    expect(answer.toString()).toBe('are you there');
  });

  test('a connection that the server closes is reported with the reason', async () => {
    server.on('connection', (socket) => socket.close(1008, 'go away'));
    const why = await new Promise<string>((resolve) => connect(() => undefined, resolve));
    expect(why).toContain('go away');
  });
});
