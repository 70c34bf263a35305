import { budget, errorRatio, known, period, share, type Slo } from '../monitoring/model/slo';
import { series } from '../monitoring/model/promql';
import type { Series } from './prometheus';

/** Windows over which people ask how fast a budget burns. */
export const burnWindows = ['1h', '6h', '1d', '3d'] as const;

/** How an SLO stands at one time. Shares are from 0 to 1. */
export interface Standing {
  readonly slo: string;
  readonly objective: number;
  /** Share of the period that was good, or of which nothing is known. */
  readonly achieved: number;
  /** Share of the error budget that is left; negative when it is overdrawn. */
  readonly budgetRemaining: number;
  /** How many times faster than it may the budget is used, by window; 1 uses it up exactly at the end. */
  readonly burnRates: Readonly<Record<(typeof burnWindows)[number], number>>;
  /** Share of the period for which Prometheus has an answer. */
  readonly known: number;
}

/** Prometheus answers, but evaluates no recording of this SLO. */
export class UnknownSloError extends Error {
  override readonly name = 'UnknownSloError';

  constructor(slo: string, missing: string) {
    super(
      `this Prometheus has recorded nothing about "${slo}" (${missing} is empty); load recording_rules.yml of dist/standalone, and wait until it has been evaluated once`,
    );
  }
}

/** Answers a query with its series. */
export type Ask = (expr: string) => Promise<readonly Series[]>;

/**
 * How an SLO stands now.
 *
 * @throws UnknownSloError when Prometheus has not recorded it.
 */
export async function standing(objective: Slo, ask: Ask): Promise<Standing> {
  const { name } = objective;
  const one = async (expr: string): Promise<number> => {
    const value = (await ask(expr))[0]?.points[0]?.[1];
    if (value === undefined) throw new UnknownSloError(name, expr);
    return value;
  };
  const allowed = await one(series(budget, { slo: name }));
  // Asked anew rather than read from the recording of the period, which is only taken every few minutes.
  const bad = await one(share(objective, period));
  const burnRates = await Promise.all(
    burnWindows.map(async (window) => [
      window,
      exact((await one(series(errorRatio(window), { slo: name }))) / allowed),
    ]),
  );
  return {
    slo: name,
    objective: exact(1 - allowed),
    achieved: exact(1 - bad),
    budgetRemaining: exact(1 - bad / allowed),
    burnRates: Object.fromEntries(burnRates) as Standing['burnRates'],
    known: exact(await one(known(objective))),
  };
}

/** Without the noise of binary fractions: 0.0144 / 0.001 is 14.4. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
