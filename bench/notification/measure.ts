import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { FaultName } from '../../local/faults';
import type { Fault } from '../../local/faults/fault';
import { getJson } from '../../local/observe/get-json';
import { standaloneEnvironment } from '../../local/documents';
import type { Stack } from '../../local/stack';
import { catalogue, type Catalogue } from '../../monitoring/catalogue';
import type { AlertName } from '../../monitoring/rules';
import { inboxes, type Notice } from '../../soak/notices';
import { noticing } from './noticing';
import { intervalsOf, smallest, type Intervals } from './smallest';

/** How long it took from one fault to the first message about it. All times in milliseconds. */
export interface Episode {
  readonly fault: FaultName;
  readonly alert: AlertName;
  /** Until the expression was true: scrapes, evaluations, ranges that fill. */
  readonly noticedAfter: number;
  /** Until the first message had arrived. */
  readonly toldAfter: number;
  /** What the first message came by. */
  readonly by: string;
  readonly intervals: Intervals;
  /** The smallest possible with the intervals of this stack, and with those of production. */
  readonly smallest: number;
  readonly smallestInProduction: number;
}

/** Nobody was told of a fault. */
export class NotToldError extends Error {
  override readonly name = 'NotToldError';
}

const alertsShape = z.object({
  data: z.object({
    alerts: z.array(
      z.object({ labels: z.record(z.string(), z.string()), state: z.string(), activeAt: z.coerce.date() }),
    ),
  }),
});

const catalogued: Catalogue = catalogue(standaloneEnvironment);
const patienceMs = 90_000;

/** Breaks the stack in one way, waits for the first message about it, and heals it. */
export async function measure(stack: Stack, fault: Fault<FaultName>, chance: () => number): Promise<Episode> {
  const [alert] = fault.alerts;
  if (alert === undefined) throw new Error(`${fault.name} names no alert that must fire`);
  // A fault knows nothing of scrapes: without this it would come at the same moment between two of them each time.
  await sleep(chance() * 4_000);
  const heal = await fault.inject(stack);
  const brokenAt = Date.now();
  try {
    const [active, told] = await Promise.all([
      firstActive(stack, alert),
      firstNotice(stack, alert, brokenAt),
    ]);
    const of = (compression: { factor: number }): Intervals =>
      intervalsOf(alert, active.job, catalogued, compression);
    return {
      fault: fault.name,
      alert,
      noticedAfter: active.at.getTime() - brokenAt,
      toldAfter: told.at.getTime() - brokenAt,
      by: told.to,
      intervals: of(stack.compression),
      smallest: smallest(of(stack.compression), noticing(fault.name)),
      smallestInProduction: smallest(of({ factor: 1 }), noticing(fault.name)),
    };
  } finally {
    await heal();
  }
}

/** When the expression became true, as Prometheus keeps it with a pending or firing alert. */
async function firstActive(stack: Stack, alert: AlertName): Promise<{ at: Date; job: string }> {
  return until(`${alert} to be pending`, async () => {
    const { data } = await getJson(stack.site.url('prometheus', '/api/v1/alerts'), alertsShape);
    const found = data.alerts
      .filter(({ labels }) => labels['alertname'] === alert)
      .sort((a, b) => a.activeAt.getTime() - b.activeAt.getTime())[0];
    return found && { at: found.activeAt, job: found.labels['job'] ?? '' };
  });
}

async function firstNotice(stack: Stack, alert: AlertName, since: number): Promise<Notice> {
  return until(`a message about ${alert}`, async () => {
    // The chat room, and #ops with it, may be what is broken.
    const read = await Promise.all(inboxes.map((inbox) => inbox.read(stack.site).catch(() => [])));
    return read
      .flat()
      .filter(({ firing, at }) => firing.includes(alert) && at.getTime() >= since)
      .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  });
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) {
      throw new NotToldError(`waited ${patienceMs / 1_000} s in vain for ${what}`);
    }
    await sleep(100);
  }
}
