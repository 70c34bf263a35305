import type { Random } from './random';

/** A healthy series around the fault, for faults that depend on it. */
export interface Healthy {
  readonly values: readonly number[];
  /** Median and standard deviation of the samples before the fault. */
  readonly median: number;
  readonly deviation: number;
  readonly highest: number;
  /** Samples in a day. */
  readonly perDay: number;
}

/** One way in which operations go wrong. */
export interface Fault {
  readonly name: string;
  /** The series falls silent; such faults are to be found within two intervals. */
  readonly silence: boolean;
  /** Days it lasts. */
  readonly days: number;
  /** The value with the fault, `age` samples after its start at index `start`. NaN: no sample. */
  apply(healthy: Healthy, start: number, age: number, random: Random): number;
}

const at = ({ values }: Healthy, index: number): number => values[index]!;

/** Every fault there is. */
export const faults: readonly Fault[] = [
  {
    name: 'spike',
    silence: false,
    days: 0.02,
    apply: (healthy, start, age) => at(healthy, start + age) + 1.5 * (healthy.highest - healthy.median),
  },
  {
    name: 'level shift',
    silence: false,
    days: 2,
    apply: (healthy, start, age) => at(healthy, start + age) + 0.7 * healthy.highest,
  },
  {
    name: 'slow leak',
    silence: false,
    days: 4,
    apply: (healthy, start, age) => at(healthy, start + age) + ((age / healthy.perDay) * healthy.highest) / 3,
  },
  {
    name: 'seasonality change',
    silence: false,
    days: 2,
    // Half a day out of step: night where there should be day.
    apply: (healthy, start, age) => at(healthy, start + age - Math.floor(healthy.perDay / 2)),
  },
  {
    name: 'variance change',
    silence: false,
    days: 1,
    apply: (healthy, start, age, random) =>
      Math.max(0, at(healthy, start + age) + 1.5 * healthy.deviation * random.normal()),
  },
  { name: 'drop to zero', silence: true, days: 0.5, apply: () => 0 },
  { name: 'frozen', silence: true, days: 0.5, apply: (healthy, start) => at(healthy, start - 1) },
  { name: 'missing', silence: true, days: 0.5, apply: () => NaN },
  {
    name: 'saturation',
    silence: false,
    days: 1,
    // Pinned just under a ceiling a bit above the highest value met.
    apply: (healthy, _start, _age, random) => healthy.highest * (1.15 - 0.01 * random.uniform()),
  },
  {
    name: 'retry storm',
    silence: false,
    days: 0.2,
    apply: (healthy, start, age, random) =>
      at(healthy, start + age) * Math.min(8, 1.3 ** age) * (0.8 + 0.4 * random.uniform()),
  },
  {
    name: 'deploy step',
    silence: false,
    days: 3,
    apply: (healthy, start, age) => 1.6 * at(healthy, start + age) + 0.4 * healthy.highest,
  },
];
