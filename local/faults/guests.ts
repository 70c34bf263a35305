import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatClient } from '../../chatroom/client';
import { webSocketPath } from '../../chatroom/protocol/frames';
import type { PortName } from '../ports';
import type { Stack } from '../stack';

export interface Arrival {
  /** Where they come in. @default 'chatroom' */
  readonly at?: PortName;
  /** @default 700, which is slow enough to be no reconnect storm, an alert of its own */
  readonly apartMilliseconds?: number;
}

/** Lets people in who say nothing, one after the other. @returns what lets them go again */
export async function guests(
  stack: Stack,
  name: string,
  count: number,
  { at = 'chatroom', apartMilliseconds = 700 }: Arrival = {},
): Promise<() => Promise<void>> {
  const url = stack.site.url(at, webSocketPath).replace('http', 'ws');
  const present: ChatClient[] = [];
  const leave = async (): Promise<void> => present.splice(0).forEach((guest) => guest.close());
  stack.defer(leave);
  for (let index = 1; index <= count; index += 1) {
    const guest = new ChatClient({
      url,
      name: `${name}-${index}`,
      reads: false,
      backoff: { firstMs: 200, longestMs: 5_000 },
    });
    present.push(guest);
    const welcomed = once(guest, 'connected', { signal: AbortSignal.timeout(30_000) });
    guest.open();
    await welcomed;
    await sleep(apartMilliseconds);
  }
  return leave;
}
