/** Repeated measurements of one thing, with what lies in the middle and how far they lie apart. */
export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly count: number;
}

/** @throws RangeError when there is nothing to summarise: an empty measurement is a defect of the bench. */
export function summary(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined || sorted.some(Number.isNaN)) {
    throw new RangeError(`cannot summarise [${values.join(', ')}]; the bench measured nothing`);
  }
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? lowest) + (sorted[Math.floor(middle)] ?? highest)) / 2;
  return { median, lowest, highest, count: sorted.length };
}

/** The median of one measurement of each item. */
export function summaryOf<T>(items: readonly T[], measure: (item: T) => number): Summary {
  return summary(items.map(measure));
}

/**
 * How one contender compares with another that took turns with it: the ratio of each pair of neighbours, which
 * shares whatever else the machine was doing then, rather than the ratio of two medians, which does not.
 *
 * @throws RangeError when they did not take equally many turns.
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): Summary {
  if (ours.length !== theirs.length) {
    throw new RangeError(`${ours.length} and ${theirs.length} measurements do not pair up`);
  }
  return summary(ours.map((value, turn) => value / (theirs[turn] ?? Number.NaN)));
}
