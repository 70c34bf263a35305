import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { subprotocol, webSocketPath } from '../../chatroom/protocol/frames';
import { maxTextLength } from '../../chatroom/protocol/names';
import type { Stack } from '../stack';
import { fault } from './fault';
import { repeat } from './repeat';
import { speaker } from './speaker';

const room = 'wall-of-text';
/** As many as are shown to whoever enters. */
const walls = 50;
const everyMilliseconds = 900;
/** As fast as a client may ask, after a first burst. */
const askEveryMilliseconds = 110;
const firstBurst = 35;
/** By then whatever kernel and server hold back for one client is full. */
const lifeMilliseconds = 8_000;

export const slowReaders = fault({
  name: 'slow-readers',
  does: 'lets clients ask for the history of a room again and again, and read nothing',
  alerts: ['ChatRoomSlowClientsDropped'],
  inject: async (stack) => {
    // They come and are thrown out, one after the other, which is not what this is about.
    const restore = await stack.retune({ ChatRoomReconnectStorm: false });
    const writer = await speaker(stack, 'writer', room);
    await Promise.all(Array.from({ length: walls }, () => writer.send(room, '墙'.repeat(maxTextLength))));
    writer.close();
    const stopping = new AbortController();
    let readers = 0;
    const stop = await repeat(stack, everyMilliseconds, async () => {
      const socket = await slowReader(stack, `slow-${(readers += 1)}`);
      void ask(socket, stopping.signal);
    });
    const leave = async (): Promise<void> => {
      stopping.abort();
      await stop();
    };
    stack.defer(leave);
    return async () => {
      await leave();
      await restore();
    };
  },
});

async function slowReader({ site }: Stack, name: string): Promise<WebSocket> {
  const socket = new WebSocket(site.url('chat-1', webSocketPath).replace('http', 'ws'), subprotocol);
  socket.on('error', () => undefined); // being thrown out is what it is there for
  await once(socket, 'open', { signal: AbortSignal.timeout(5_000) });
  socket.pause();
  socket.send(JSON.stringify({ type: 'hello', name }));
  for (let count = 0; count < firstBurst; count += 1) enter(socket);
  return socket;
}

async function ask(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const end = performance.now() + lifeMilliseconds;
  while (!signal.aborted && performance.now() < end) {
    enter(socket);
    await sleep(askEveryMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  socket.terminate();
}

function enter(socket: WebSocket): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'join', room }));
}
