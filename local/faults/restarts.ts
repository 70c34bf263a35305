import { setTimeout as sleep } from 'node:timers/promises';
import { query } from '../observe/prometheus';
import type { Stack } from '../stack';
import { fault } from './fault';

/** One more than the alert forgives. */
const times = 3;

export const restarts = fault({
  name: 'restarts',
  does: `kills the second replica ${times} times, and starts it each time`,
  alerts: ['NodejsProcessRestarting'],
  inject: async (stack) => {
    // On a busy machine it may be away for as long as a replica that is down.
    const restore = await stack.retune({ ChatRoomServerDown: false });
    for (let count = 0; count < times; count += 1) {
      const before = await startTime(stack);
      await stack.process('chat-2').crash();
      await stack.restart('chat-2');
      // A start that nobody has scraped is one that nobody knows of.
      const deadline = performance.now() + 60_000;
      for (;;) {
        const now = await startTime(stack);
        if (now !== undefined && now !== before) break;
        if (performance.now() > deadline) throw new Error('Prometheus does not scrape the restarted chat-2');
        await sleep(100);
      }
    }
    return restore;
  },
});

async function startTime({ site }: Stack): Promise<number | undefined> {
  const instance = `127.0.0.1:${site.ports['chat-2']}`;
  const [sample] = await query(site, `process_start_time_seconds{instance="${instance}"}`);
  return sample?.value;
}
