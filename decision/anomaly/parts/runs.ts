/** How often something happens to a series, and how often in a row. */
export interface Runs {
  readonly count: number;
  readonly happened: number;
  /** How many times it began to happen. */
  readonly begun: number;
  readonly run: number;
  readonly longest: number;
}

export const noRuns: Runs = { count: 0, happened: 0, begun: 0, run: 0, longest: 0 };

/** Samples before a rate means anything. */
const warmUp = 100;

/** Something that happens to more than this share of the samples says nothing by happening again. */
const commonplace = 0.5;

export function ran(runs: Runs, happens: boolean): Runs {
  const run = happens ? runs.run + 1 : 0;
  return {
    count: runs.count + 1,
    happened: runs.happened + (happens ? 1 : 0),
    begun: runs.begun + (run === 1 ? 1 : 0),
    run,
    // A run teaches only when it is over: while it lasts it must not become its own excuse.
    longest: happens ? runs.longest : Math.max(runs.longest, runs.run),
  };
}

/**
 * Decimal orders of magnitude by which the run is too long for chance, after paying for the many samples at
 * which it might have begun. Laplace's rule stands in for a rate never observed.
 *
 * @param before what was known before the sample in question; `after` includes it
 * @param expectedOrders orders of magnitude that are let pass, because real samples are not independent
 */
export function surpriseOf(before: Runs, after: Runs, expectedOrders: number): number {
  const learned = before.count - before.run;
  if (learned < warmUp || after.run <= before.longest) return 0;
  const happened = before.happened - before.run;
  const begun = before.begun - (before.run > 0 ? 1 : 0);
  const rate = (happened + 1) / (learned + 2);
  if (rate > commonplace) return 0;
  // What began is likelier to go on; how much likelier, only earlier runs can tell.
  const goingOn = (happened - begun + rate) / (happened + 1);
  const surprise = -Math.log10(rate) - (after.run - 1) * Math.log10(goingOn);
  return Math.max(0, surprise - Math.log10(before.count) - expectedOrders);
}
