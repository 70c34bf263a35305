import type { Random } from '../faults/random';

/** What public collections label as anomalies. */
export interface Injection {
  readonly name: string;
  /** The value so many records after the onset, undefined once it is over. */
  apply(value: number, age: number, series: Spread, random: Random): number | undefined;
}

export interface Spread {
  /** Standard deviation of the healthy series. */
  readonly deviation: number;
  readonly recordsPerDay: number;
}

export const injections: readonly Injection[] = [
  { name: 'spike', apply: (value, age, { deviation }) => (age === 0 ? value + 6 * deviation : undefined) },
  { name: 'dip', apply: (value, age, { deviation }) => (age === 0 ? value - 6 * deviation : undefined) },
  { name: 'level shift', apply: (value, _age, { deviation }) => value + 4 * deviation },
  {
    name: 'trend change',
    apply: (value, age, { deviation, recordsPerDay }) => value + (deviation * age) / recordsPerDay,
  },
  {
    name: 'variance change',
    apply: (value, age, { deviation }, random) =>
      age < 200 ? value + 2.5 * deviation * random.normal() : undefined,
  },
];
