import { setTimeout as sleep } from 'node:timers/promises';
import { firingAlerts } from '../local/observe/alerts';
import { query, unhealthyTargets } from '../local/observe/prometheus';
import type { Stack } from '../local/stack';

/** The stack did not come to rest in time. */
export class NotCalmError extends Error {
  override readonly name = 'NotCalmError';
}

export interface CalmProps {
  readonly stack: Stack;
  /** What else must be in order, such as that everybody is connected. @default - nothing */
  readonly objection?: () => string | undefined;
  /** For how long nothing may stir. */
  readonly calmMs: number;
  readonly patienceMs: number;
  /** Gives up at once. */
  readonly abort?: AbortSignal;
}

/**
 * Resolves when every target answers and nothing has fired, or was about to, for a while.
 *
 * @throws NotCalmError that says what still stirred when the patience was over.
 */
export async function untilCalm(props: CalmProps): Promise<void> {
  const { stack, calmMs, patienceMs, abort } = props;
  const deadline = performance.now() + patienceMs;
  let calmSince: number | undefined;
  for (;;) {
    abort?.throwIfAborted();
    const wrong = props.objection?.() ?? (await stirring(stack).catch(String));
    calmSince = wrong === undefined ? (calmSince ?? performance.now()) : undefined;
    if (calmSince !== undefined && performance.now() - calmSince >= calmMs) return;
    if (performance.now() > deadline) {
      throw new NotCalmError(
        `the stack did not come to rest within ${patienceMs / 1_000} s: ${wrong ?? 'it was well, but not for long enough'}`,
      );
    }
    await sleep(200);
  }
}

/** Alerts of severity none are there to fire always, such as a dead man's switch. */
const meant = 'severity!="none"';

async function stirring({ site }: Stack): Promise<string | undefined> {
  const unhealthy = await unhealthyTargets(site);
  if (unhealthy.length > 0) return `targets do not answer: ${unhealthy.join('; ')}`;
  const alerts = await query(site, `ALERTS{${meant}}`);
  if (alerts.length > 0) {
    return `alerts stir: ${alerts.map(({ labels }) => `${labels['alertname']} ${labels['alertstate']}`).join(', ')}`;
  }
  const known = (await firingAlerts(site)).filter(({ labels }) => labels['severity'] !== 'none');
  return known.length === 0
    ? undefined
    : `Alertmanager still has ${known.map(({ name }) => name).join(', ')}`;
}
