/** How often something happens to a series, and how often in a row. */
export interface Runs {
  readonly count: number;
  readonly happened: number;
  readonly run: number;
  readonly longest: number;
  /** How many runs that are over reached a length of 1, 2, 4, 8… */
  readonly reached: readonly number[];
}

export const noRuns: Runs = { count: 0, happened: 0, run: 0, longest: 0, reached: [] };

/** Samples before a rate means anything. */
const warmUp = 100;

/** Something that happens to more than this share of the samples says nothing by happening again. */
const commonplace = 0.5;

export function ran(runs: Runs, happens: boolean): Runs {
  const { count, happened, run, longest, reached } = runs;
  if (happens) return { count: count + 1, happened: happened + 1, run: run + 1, longest, reached };
  // A run teaches only when it is over: while it lasts it must not become its own excuse.
  return {
    count: count + 1,
    happened,
    run: 0,
    longest: Math.max(longest, run),
    reached: run > 0 ? withRun(reached, run) : reached,
  };
}

function withRun(reached: readonly number[], run: number): readonly number[] {
  const lengths = Math.floor(Math.log2(run)) + 1;
  return Array.from({ length: Math.max(lengths, reached.length) }, (_, length) => {
    return (reached[length] ?? 0) + (length < lengths ? 1 : 0);
  });
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
  const surprise = rarityOf(after.run, rate, before.reached);
  return Math.max(0, surprise - Math.log10(before.count) - expectedOrders);
}

/**
 * Decimal orders of magnitude of the chance that a sample begins a run of at least this length.
 *
 * What began is likelier to go on, and what went on for long (the night of a queue) likelier still: each doubling
 * of the length has a chance of its own, learned from the runs that got so far. Where none did, the run goes on
 * as it did before.
 */
function rarityOf(run: number, rate: number, reached: readonly number[]): number {
  let orders = -Math.log10(rate);
  // In orders of magnitude throughout: the chance of a long run is too small for a number.
  let expected = orders;
  for (let step = 0, length = 1; length < run; step++, length *= 2) {
    const began = reached[step] ?? 0;
    const wentOn = reached[step + 1] ?? 0;
    const doubling = Math.log10(began + 1) + (wentOn > 0 ? -Math.log10(wentOn + 10 ** -expected) : expected);
    orders += (doubling * Math.min(run - length, length)) / length;
    expected = 2 * doubling;
  }
  return orders;
}
