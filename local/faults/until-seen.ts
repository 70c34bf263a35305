import { setTimeout as sleep } from 'node:timers/promises';
import { query } from '../observe/prometheus';
import type { Site } from '../site';

const patienceMilliseconds = 60_000;

/** Resolves when Prometheus has something to answer. @throws Error that says what it does not see. */
export async function untilSeen(site: Site, what: string, promql: string): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  while ((await query(site, promql)).length === 0) {
    if (performance.now() > deadline) {
      throw new Error(`for ${patienceMilliseconds / 1_000} s Prometheus has not seen ${what}: ${promql}`);
    }
    await sleep(200);
  }
}
