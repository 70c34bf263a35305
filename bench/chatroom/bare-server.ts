import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/**
 * The yardstick: what `ws` shows as its broadcast example and nothing more. No storage, no rooms, no limits, no
 * metrics, no other replica. What the chat room costs on top of this is what these things cost.
 */
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) });

server.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    for (const client of server.clients) {
      if (client.readyState === client.OPEN) client.send(data, { binary: isBinary });
    }
  });
});

server.on('listening', () => console.log(`listening on ${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
