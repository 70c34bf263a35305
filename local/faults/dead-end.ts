import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { webSocketPath } from '../../chatroom/protocol/frames';
import { compressedDuration, durationInMilliseconds } from '../compress';
import type { Stack } from '../stack';
import { fault } from './fault';
import { guests } from './guests';
import { untilSeen } from './until-seen';

/** With fewer it is a matter of a few people. */
const crowd = 70;
/** For as long as the alert must last, and a little more, there must have been many. */
const stay = '4m';
/** For so long after it, so many who are new look like a storm. */
const rush = '3m';
/** For so long it is remembered that connections broke off, and whoever leaves seems to be one of them. */
const remembered = '11m';

export const deadEnd = fault({
  name: 'dead-end',
  does: `lets ${crowd} more people in, and then nginx send every WebSocket where nobody answers`,
  alerts: ['ChatRoomConnectionsCliff'],
  inject: async (stack) => {
    // They come and go at once, which is not what this is about.
    const restore = await stack.retune({ ChatRoomReconnectStorm: false });
    const wait = (text: string, ref = true): Promise<void> =>
      sleep(durationInMilliseconds(compressedDuration(text, stack.compression)), undefined, { ref });
    const leave = await guests(stack, 'guest', crowd, { apartMilliseconds: 20 });
    await wait(stay);
    const { port, close } = await mute(stack);
    const good = readFileSync(stack.site.path('nginx', 'nginx.conf'), 'utf8');
    const wrong = good.replace(
      /(?=location \/ \{\n\s+proxy_pass)/,
      `location = ${webSocketPath} { proxy_pass http://127.0.0.1:${port}; proxy_read_timeout 1h; }\n    `,
    );
    if (wrong === good) throw new Error('nginx.conf has no place for another location; it has changed');
    await restartNginx(stack, wrong);
    return async () => {
      await restartNginx(stack, good);
      await close();
      // It is over when people are back, and not when fewer of them are enough.
      await untilSeen(
        stack.site,
        'people come back',
        `sum(chatroom_websocket_connections_active) >= ${crowd}`,
      );
      await wait(rush);
      await restore();
      void wait(remembered, false).then(leave);
    };
  },
});

/** A server that takes connections and never says a word. */
async function mute({ defer }: Stack): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.resume());
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  };
  defer(close);
  return { port: (server.address() as AddressInfo).port, close };
}

/** Where a configuration is only loaded, those who are connected stay with the workers of the one before. */
async function restartNginx(stack: Stack, text: string): Promise<void> {
  await stack.process('nginx').stop();
  stack.site.write('nginx/nginx.conf', text);
  await stack.restart('nginx');
}
