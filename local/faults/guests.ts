import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatClient } from '../../chatroom/client';
import { webSocketPath } from '../../chatroom/protocol/frames';
import type { Stack } from '../stack';

/** Slow enough to be no reconnect storm, which is an alert of its own. */
const apartMilliseconds = 700;

/** Lets people in who say nothing, one after the other. @returns what lets them go again */
export async function guests(stack: Stack, name: string, count: number): Promise<() => Promise<void>> {
  const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
  const present: ChatClient[] = [];
  const leave = async (): Promise<void> => present.splice(0).forEach((guest) => guest.close());
  stack.defer(leave);
  for (let index = 1; index <= count; index += 1) {
    const guest = new ChatClient({ url, name: `${name}-${index}`, reads: false });
    present.push(guest);
    const welcomed = once(guest, 'connected', { signal: AbortSignal.timeout(30_000) });
    guest.open();
    await welcomed;
    await sleep(apartMilliseconds);
  }
  return leave;
}
