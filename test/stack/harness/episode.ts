import { catalogue } from '../../../monitoring/catalogue';
import { standaloneEnvironment } from '../../../local/documents';
import { expectationOf, type Expectation } from '../../../local/expectation';
import type { Fault } from '../../../local/faults/fault';
import { firingAlerts } from '../../../local/observe/alerts';
import { query } from '../../../local/observe/prometheus';
import { standingInPrometheus } from './alerts-standing';
import { Inboxes, type Notification } from './notification';
import { untilWell, type RunningStack } from './running-stack';
import { until } from './until';

/** What happened from the moment something broke until everything was well again. */
export interface Episode {
  readonly expected: readonly Expectation[];
  /** Names of all alerts that fired, each once, sorted. */
  readonly fired: readonly string[];
  /** Names of alerts that Alertmanager held back because of a cause. */
  readonly muted: readonly string[];
  /** Everything that reached anybody, before and after the healing. */
  readonly whileBroken: readonly Notification[];
  readonly afterwards: readonly Notification[];
  /** Milliseconds to the last of the expected messages: from the beginning of the break, and from its end. */
  readonly toldAfter: { readonly beginning: number; readonly end: number };
}

const catalogued = catalogue(standaloneEnvironment);

/** Allowance for a machine that does other things too. */
const patienceMilliseconds = 30_000;

/** Breaks the stack, waits for every expected message, heals it, and waits for every all-clear. */
export async function episode(running: RunningStack, fault: Fault): Promise<Episode> {
  const { stack } = running;
  await untilWell(running);
  await stack.forgetAlerts();
  await untilWell(running);
  const inboxes = new Inboxes(stack.site);
  const before = await inboxes.all();
  const since = async (): Promise<readonly Notification[]> => newer(before, await inboxes.all());
  const expected = fault.alerts.map((alert) => expectationOf(alert, catalogued, stack.compression));
  const patience = Math.max(...expected.map(({ latest }) => latest)) + patienceMilliseconds;
  const muted = new Set<string>();
  const began = performance.now();

  const heal = await fault.inject(stack);
  const broken = performance.now();
  let whileBroken: readonly Notification[];
  let toldAfter: Episode['toldAfter'];
  try {
    // #ops is in the chat room, which may be what is broken: what it has missed is looked for at the end.
    await until(
      `messages about ${fault.alerts.join(' and ')}`,
      patience,
      async () => objections(expected, await since(), 'firing', { excuse: ['webhook'] }),
      () => standingInPrometheus(stack.site),
    );
    toldAfter = { beginning: performance.now() - began, end: performance.now() - broken };
    await until(`the muting of ${fault.muted?.join(' and ')}`, patience, async () => {
      for (const { name, muted: isMuted } of await firingAlerts(stack.site)) if (isMuted) muted.add(name);
      const missing = (fault.muted ?? []).filter((name) => !muted.has(name));
      return missing.length === 0 ? undefined : `not muted yet: ${missing.join(', ')}`;
    });
    whileBroken = await since();
  } finally {
    await heal();
  }

  await until(`the all-clear for ${fault.alerts.join(' and ')}`, patience, async () => {
    return objections(expected, await since(), 'resolved', { excuse: [] });
  });
  await untilWell(running);
  const all = await since();
  const lasted = Math.ceil((performance.now() - began) / 1_000);
  const ever = await query(
    stack.site,
    `count by (alertname) (last_over_time(ALERTS{alertstate="firing", severity!="none"}[${lasted}s]))`,
  );
  return {
    expected,
    fired: ever.map(({ labels }) => labels['alertname'] ?? '').sort(),
    muted: [...muted].sort(),
    whileBroken,
    afterwards: newer(whileBroken, all),
    toldAfter,
  };
}

function objections(
  expected: readonly Expectation[],
  arrived: readonly Notification[],
  state: Notification['state'],
  { excuse }: { readonly excuse: readonly string[] },
): string | undefined {
  const missing = expected
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ kind }) => !excuse.includes(kind))
    .filter(
      ({ kind, address }) =>
        !arrived.some(
          (each) => each.kind === kind && each.state === state && (kind === 'webhook' || each.to === address),
        ),
    );
  return missing.length === 0
    ? undefined
    : `nothing ${state} for ${missing.map(({ kind, address }) => `${kind} ${address}`).join(', ')}`;
}

/** What has come since; each way of telling people only ever grows. */
function newer(before: readonly Notification[], now: readonly Notification[]): readonly Notification[] {
  const seen = new Map<string, number>();
  for (const { kind } of before) seen.set(kind, (seen.get(kind) ?? 0) + 1);
  return now.filter(({ kind }) => {
    const left = seen.get(kind) ?? 0;
    seen.set(kind, left - 1);
    return left <= 0;
  });
}
