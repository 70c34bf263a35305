import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { FaultName } from '../../local/faults';
import type { Fault } from '../../local/faults/fault';
import { getJson } from '../../local/observe/get-json';
import { standaloneEnvironment } from '../../local/documents';
import type { Stack } from '../../local/stack';
import { catalogue, type Catalogue } from '../../monitoring/catalogue';
import type { AlertName } from '../../monitoring/rules';
import { inboxes } from '../../soak/notices';
import { noticing } from './noticing';
import { intervalsOf, smallest, type Intervals } from './smallest';

/** How long it took from one fault to the first message about it. All times in milliseconds. */
export interface Episode {
  readonly fault: FaultName;
  readonly alert: AlertName;
  /**
   * It was noticed before it was wholly there, as a crowd is that arrives one by one. There is no moment from which
   * to count, so that all times of the episode count from when it was noticed, and the smallest possible, too.
   */
  readonly gradual: boolean;
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
  const began = Date.now();
  // A crowd that arrives one by one is noticed, and told of, while the last of it are still on their way.
  const watching = Promise.all([firstActive(stack, alert), firstNotice(stack, alert, began)]);
  watching.catch(() => undefined);
  const heal = await fault.inject(stack);
  const injected = Date.now();
  try {
    const [active, told] = await watching;
    const gradual = active.at.getTime() < injected;
    const brokenAt = gradual ? active.at.getTime() : injected;
    const of = (compression: { factor: number }): Intervals =>
      intervalsOf(alert, active.job, catalogued, compression);
    const possible = (intervals: Intervals): number =>
      gradual ? intervals.held + intervals.groupWait : smallest(intervals, noticing(fault.name));
    return {
      fault: fault.name,
      alert,
      gradual,
      noticedAfter: active.at.getTime() - brokenAt,
      toldAfter: told.foundAt - brokenAt,
      by: told.to,
      intervals: of(stack.compression),
      smallest: possible(of(stack.compression)),
      smallestInProduction: possible(of({ factor: 1 })),
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

/** Mails state when they were sent in whole seconds: one that is younger than the fault may look older. */
const mailResolutionMs = 1_000;

/** The first message since some time, with when it was found: at most one look later than it arrived. */
async function firstNotice(
  stack: Stack,
  alert: AlertName,
  since: number,
): Promise<{ readonly to: string; readonly foundAt: number }> {
  return until(`a message about ${alert}`, async () => {
    // The chat room, and #ops with it, may be what is broken.
    const read = await Promise.all(inboxes.map((inbox) => inbox.read(stack.site).catch(() => [])));
    const found = read
      .flat()
      .find(({ firing, at }) => firing.includes(alert) && at.getTime() >= since - mailResolutionMs);
    return found && { to: found.to, foundAt: Date.now() };
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
    await sleep(50);
  }
}
