import { WebSocket } from 'ws';
import { subprotocol, webSocketPath } from '../../chatroom/protocol/frames';
import type { Stack } from '../stack';
import { fault } from './fault';
import { guests } from './guests';
import { repeat } from './repeat';

const listeners = 8;

export const silence = fault({
  name: 'silence',
  does: `lets ${listeners} people in who say nothing and one who is refused, and calls that too quiet`,
  alerts: ['ChatRoomMessagesFlat'],
  needsSilence: true,
  inject: async (stack) => {
    const leave = await guests(stack, 'listener', listeners);
    const hush = await refusedSpeaker(stack);
    const restore = await stack.retune({ ChatRoomMessagesFlat: { threshold: listeners } });
    return async () => {
      await hush();
      await leave();
      await restore();
    };
  },
});

/** Speaks in a room without having entered it, as a page would that is broken. @returns what makes it leave */
async function refusedSpeaker(stack: Stack): Promise<() => Promise<void>> {
  const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
  const socket = new WebSocket(url, subprotocol);
  socket.on('error', () => undefined); // whoever is thrown out says nothing any more, which is seen
  await new Promise((resolve, reject) => socket.once('open', resolve).once('close', reject));
  socket.send(JSON.stringify({ type: 'hello', name: 'speaker' }));
  let count = 0;
  const stop = await repeat(stack, 500, async () => {
    count += 1;
    socket.send(JSON.stringify({ type: 'send', room: 'lobby', id: `refused-${count}`, text: 'Hello?' }));
  });
  return async () => {
    await stop();
    socket.terminate();
  };
}
