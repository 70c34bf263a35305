import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { ChatClient } from '../../chatroom/client';
import type { ServerFrame } from '../../chatroom/protocol/frames';

const welcome = { type: 'welcome', heartbeatSeconds: 30 };

test('a client that was asked to leave and was cut off before it did, stays where it went then', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: WebSocket[] = [];
  const say = (socket: WebSocket, frame: Partial<ServerFrame>) => socket.send(JSON.stringify(frame));
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.once('message', () => say(socket, welcome as Partial<ServerFrame>));
  });
  const client = new ChatClient({
    url: `ws://127.0.0.1:${port}`,
    name: 'ann',
    backoff: { firstMs: 20, longestMs: 20 },
  });
  try {
    client.open();
    await once(client, 'connected');
    say(sockets[0] as WebSocket, { type: 'reconnect', afterMs: 200 });
    await sleep(50);
    sockets[0]?.terminate();
    await once(client, 'connected');
    await sleep(400);
    expect(sockets).toHaveLength(2);
    expect(client.connected).toBe(true);
  } finally {
    client.close();
    server.close();
  }
});
