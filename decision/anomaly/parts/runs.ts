/** How often something happens to a series, and how often in a row. */
export interface Runs {
  readonly count: number;
  readonly happened: number;
  readonly run: number;
  readonly longest: number;
}

export const noRuns: Runs = { count: 0, happened: 0, run: 0, longest: 0 };

/** Samples before a rate means anything. */
const warmUp = 100;

/** Something that happens to more than this share of the samples says nothing by happening again. */
const commonplace = 0.5;

export function ran(runs: Runs, happens: boolean): Runs {
  const run = happens ? runs.run + 1 : 0;
  return {
    count: runs.count + 1,
    happened: runs.happened + (happens ? 1 : 0),
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
  const rate = (before.happened - before.run + 1) / (learned + 2);
  if (rate > commonplace) return 0;
  return Math.max(0, -after.run * Math.log10(rate) - Math.log10(before.count) - expectedOrders);
}
