import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Stack } from '../stack';
import { repeat } from './repeat';

const topUpMilliseconds = 2_000;
/** Of those that are held, so that each is younger than the minute after which a server closes it. */
const renewed = 1 / 20;
/** At a time: more than this would overflow the queue of those who wait to be accepted. */
const chunk = 200;

/**
 * Holds connections open on which nobody says anything. Servers close such ones after a while; before they do, others
 * take their place, a few at a time.
 *
 * @param missing - how many more are wanted than there are, by what is seen of them or by what is held
 * @returns what closes them
 */
export async function idleConnections(
  stack: Stack,
  port: number,
  missing: (held: number) => number,
): Promise<() => Promise<void>> {
  const held = new Set<Socket>();
  const hold = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined); // closed by the other side, which is its right
    socket.on('close', () => held.delete(socket));
    await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) });
    held.add(socket.resume());
  };
  const stop = await repeat(stack, topUpMilliseconds, async () => {
    const old = [...held].slice(0, Math.ceil(held.size * renewed));
    for (let left = missing(held.size) + old.length; left > 0; left -= chunk) {
      await Promise.all(Array.from({ length: Math.min(left, chunk) }, hold));
    }
    old.forEach((socket) => socket.destroy());
  });
  const close = async (): Promise<void> => {
    await stop();
    held.forEach((socket) => socket.destroy());
  };
  stack.defer(close);
  return close;
}
