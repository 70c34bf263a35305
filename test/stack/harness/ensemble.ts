import { catalogue } from '../../../monitoring/catalogue';
import { standaloneEnvironment } from '../../../local/documents';
import { expectationOf, type Expectation } from '../../../local/expectation';
import type { Fault, Heal } from '../../../local/faults/fault';
import { query } from '../../../local/observe/prometheus';
import type { Notice } from '../../../soak/notices';
import { Postbox } from '../../../soak/postbox';
import { standingInPrometheus } from './alerts-standing';
import { untilWell, type RunningStack } from './running-stack';
import { until } from './until';

/** What happened while several things were broken at a time, until everything was well again. */
export interface Ensemble {
  readonly expected: readonly Expectation[];
  /** Names of all alerts that fired, each once, sorted. */
  readonly fired: readonly string[];
  /** Everything that reached anybody. */
  readonly notices: readonly Omit<Notice, 'at'>[];
}

const catalogued = catalogue(standaloneEnvironment);

/** Several things take their turns, and the machine does other things too. */
const patienceMilliseconds = 90_000;

/** Breaks everything, one after the other, waits until all are told of all of it, heals it, and waits for every all-clear. */
export async function ensemble(running: RunningStack, faults: readonly Fault[]): Promise<Ensemble> {
  const { stack, load } = running;
  await untilWell(running);
  await stack.forgetAlerts();
  await untilWell(running);
  const postbox = new Postbox(stack.site, () => 0);
  await postbox.look();
  const earlier = postbox.notices.length;
  const since = () => postbox.notices.slice(earlier);
  const expected = faults.flatMap(({ alerts }) =>
    alerts.map((alert) => expectationOf(alert, catalogued, stack.compression)),
  );
  const cutOff: readonly string[] = faults.flatMap(({ cutsOff }) => cutsOff ?? []);
  const patience = Math.max(...expected.map(({ latest }) => latest)) + patienceMilliseconds;
  const untold = async (
    state: 'firing' | 'resolved',
    excused: readonly string[],
  ): Promise<string | undefined> => {
    await postbox.look();
    const missing = expected.flatMap(({ alert, deliveries }) =>
      deliveries
        .filter(({ kind }) => !excused.includes(kind))
        .map(addressee)
        .filter((to) => !since().some((notice) => notice.to === to && notice[state].includes(alert)))
        .map((to) => `${alert} to ${to}`),
    );
    return missing.length === 0 ? undefined : `nothing ${state} about ${missing.join(', ')}`;
  };
  const began = performance.now();

  load.talking = !faults.some(({ needsSilence }) => needsSilence);
  const heals: Heal[] = [];
  try {
    for (const fault of faults) heals.unshift(await fault.inject(stack));
    // #ops is in the chat room, which may be what is broken: what it has missed is looked for at the end.
    await until(
      'everybody to be told',
      patience,
      () => untold('firing', ['webhook', ...cutOff]),
      () => standingInPrometheus(stack.site),
    );
  } finally {
    // The last one first, as it may rest on what the others did.
    for (const heal of heals) await heal();
    load.talking = true;
  }

  await until('every all-clear', patience, async () => {
    return (await untold('firing', cutOff)) ?? (await untold('resolved', cutOff));
  });
  await untilWell(running);
  await postbox.look();
  const lasted = Math.ceil((performance.now() - began) / 1_000);
  const ever = await query(
    stack.site,
    `count by (alertname) (last_over_time(ALERTS{alertstate="firing", severity!="none"}[${lasted}s]))`,
  );
  return {
    expected,
    fired: ever.map(({ labels }) => labels['alertname'] ?? '').sort(),
    notices: since(),
  };
}

/** As in a notice. */
export function addressee({ kind, address }: { readonly kind: string; readonly address: string }): string {
  return kind === 'webhook' ? 'webhook #ops' : `${kind} ${address}`;
}
