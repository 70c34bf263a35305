import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from '../../../chatroom/protocol/text-frame';

/** Lengths on both sides of where the encoding of the length changes, in bytes. */
const texts = [
  '',
  'a',
  ...[125, 126, 65_535, 65_536, 200_000].map((length) => 'x'.repeat(length)),
  '聊天室 🔥',
];

let server: Server;
let client: WebSocket | undefined;

beforeEach(async () => {
  server = createServer();
  const acceptor = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    acceptor.handleUpgrade(request, socket, head, (accepted) => {
      for (const text of texts) socket.write(textFrame(text));
      accepted.send('the end, framed by ws itself');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  client?.terminate();
  await new Promise((resolve) => server.close(resolve));
});

test('ws reads every text as it was written, whatever its length, and what it frames itself beside them', async () => {
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client?.on('error', reject);
    client?.on('message', (data: Buffer, isBinary) => {
      heard.push(isBinary ? 'binary' : data.toString());
      if (heard.length > texts.length) resolve();
    });
  });
  expect(heard).toEqual([...texts, 'the end, framed by ws itself']);
});
