import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { gradual as withoutMoment, type FaultName } from '../../local/faults';
import type { Fault, Heal } from '../../local/faults/fault';
import { getJson } from '../../local/observe/get-json';
import { standaloneEnvironment } from '../../local/documents';
import type { Stack } from '../../local/stack';
import { catalogue, type Catalogue } from '../../monitoring/catalogue';
import type { AlertName } from '../../monitoring/rules';
import { inboxes } from '../../soak/notices';
import { noticing } from './noticing';
import { configuredFor, evaluationOf, intervalsOf, smallest, type Intervals } from './smallest';

/** How long it took from one fault to the first message about it. All times in milliseconds. */
export interface Episode {
  readonly fault: FaultName;
  readonly alert: AlertName;
  /**
   * It has to go on or be counted, or was noticed before it was wholly there, as a crowd is that arrives one by one.
   * There is no moment from which to count, so that all times of the episode count from when it was noticed.
   */
  readonly gradual: boolean;
  /** Until the expression was true and stayed so: scrapes, evaluations, ranges that fill. */
  readonly noticedAfter: number;
  /** Until the first message had arrived. */
  readonly toldAfter: number;
  /** What the first message came by. */
  readonly by: string;
  /** What the running stack had configured. */
  readonly intervals: Pick<Intervals, 'held' | 'groupWait'>;
  /**
   * The longest that the configured intervals explain, with those of this stack and with those of production: the
   * smallest time that can be promised for a fault that comes whenever it likes.
   */
  readonly promised: number;
  readonly promisedInProduction: number;
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
const suddenPatienceMs = 90_000;
/** Some of them are over only when they have been counted. */
const gradualPatienceMs = 240_000;

const rulesShape = z.object({
  data: z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), duration: z.number() })) })),
  }),
});

/** Breaks the stack in one way, waits for the first message about it, and heals it. */
export async function measure(stack: Stack, fault: Fault<FaultName>, chance: () => number): Promise<Episode> {
  const [alert] = fault.alerts;
  if (alert === undefined) throw new Error(`${fault.name} names no alert that must fire`);
  // A fault knows nothing of scrapes: without this it would come at the same moment between two of them each time.
  await sleep(chance() * 4_000);
  const began = Date.now();
  const slow = withoutMoment.some(({ name }) => name === fault.name);
  const patience = slow ? gradualPatienceMs : suddenPatienceMs;
  const watching = new AbortController();
  // A crowd that arrives one by one is noticed, and told of, while the last of it are still on their way.
  const noticed = activity(stack, alert, watching.signal);
  const message = firstNotice(stack, alert, began, patience);
  message.catch(() => undefined);
  let heal: Heal | undefined;
  try {
    heal = await fault.inject(stack);
    const injected = Date.now();
    const told = await message;
    const running = await heldBy(stack, alert);
    watching.abort();
    const active = await noticed;
    if (!active) throw new NotToldError(`${alert} was told of and is not pending or firing`);
    const gradual = slow || active.at.getTime() < injected;
    const brokenAt = gradual ? active.at.getTime() : injected;
    const configured = (compression: { factor: number }) => configuredFor(alert, catalogued, compression);
    const { groupWait } = configured(stack.compression);
    const { evaluation } = evaluationOf(catalogued, stack.compression);
    const held = Math.ceil(running / evaluation) * evaluation;
    const production = configured({ factor: 1 });
    const promised = (compression: { factor: number }): number =>
      smallest(intervalsOf(alert, active.job, catalogued, compression), noticing(fault.name));
    return {
      fault: fault.name,
      alert,
      gradual,
      noticedAfter: active.at.getTime() - brokenAt,
      toldAfter: told.foundAt - brokenAt,
      by: told.to,
      intervals: { held, groupWait },
      promised: gradual ? held + groupWait : promised(stack.compression),
      promisedInProduction: gradual ? production.held + production.groupWait : promised({ factor: 1 }),
    };
  } finally {
    watching.abort();
    await heal?.();
  }
}

/**
 * Since when the expression has been true, as Prometheus keeps it with a pending or firing alert: looked at until it is
 * told of, since an expression that wavers begins anew.
 */
async function activity(
  stack: Stack,
  alert: AlertName,
  watching: AbortSignal,
): Promise<{ at: Date; job: string } | undefined> {
  let last: { at: Date; job: string } | undefined;
  for (;;) {
    const over = watching.aborted;
    // Prometheus may be what is being broken.
    const seen = await getJson(stack.site.url('prometheus', '/api/v1/alerts'), alertsShape).catch(
      () => undefined,
    );
    const found = seen?.data.alerts
      .filter(({ labels }) => labels['alertname'] === alert)
      .sort((a, b) => a.activeAt.getTime() - b.activeAt.getTime())[0];
    if (found) last = { at: found.activeAt, job: found.labels['job'] ?? '' };
    if (over) return last;
    await sleep(100);
  }
}

/** The `for` of an alert as it runs, which a fault may have shortened, in milliseconds. */
async function heldBy(stack: Stack, alert: AlertName): Promise<number> {
  const { data } = await getJson(stack.site.url('prometheus', '/api/v1/rules?type=alert'), rulesShape);
  const found = data.groups.flatMap(({ rules }) => rules).find(({ name }) => name === alert);
  if (!found) throw new Error(`Prometheus has no rule ${alert}, though somebody was told of it`);
  return found.duration * 1_000;
}

/** Mails state when they were sent in whole seconds: one that is younger than the fault may look older. */
const mailResolutionMs = 1_000;

/** The first message since some time, with when it was found: at most one look later than it arrived. */
async function firstNotice(
  stack: Stack,
  alert: AlertName,
  since: number,
  patienceMs: number,
): Promise<{ readonly to: string; readonly foundAt: number }> {
  return until(`a message about ${alert}`, patienceMs, async () => {
    // The chat room, and #ops with it, may be what is broken.
    const read = await Promise.all(inboxes.map((inbox) => inbox.read(stack.site).catch(() => [])));
    const found = read
      .flat()
      .find(({ firing, at }) => firing.includes(alert) && at.getTime() >= since - mailResolutionMs);
    return found && { to: found.to, foundAt: Date.now() };
  });
}

async function until<T>(what: string, patienceMs: number, look: () => Promise<T | undefined>): Promise<T> {
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
