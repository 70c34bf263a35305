import type { LoadShape } from './load';
import type { Random } from './random';

/** A healthy series around the fault, for faults that depend on it. */
export interface Healthy {
  readonly values: readonly number[];
  /** Median and standard deviation of the samples before the fault. */
  readonly median: number;
  readonly deviation: number;
  readonly highest: number;
  readonly lowest: number;
  /** Samples in a day. */
  readonly perDay: number;
}

export interface Scar {
  /** Days since the beginning. */
  readonly from: number;
  readonly days: number;
  apply(healthy: Healthy, index: number): number;
}

/** One way in which operations go wrong. */
export interface Fault {
  readonly name: string;
  /** The series falls silent; such faults are to be found within two intervals. */
  readonly silence: boolean;
  /** Days it lasts. */
  readonly days: number;
  /** Where there is something to see. @default - in every shape */
  readonly shows?: (shape: LoadShape) => boolean;
  /** Days since the beginning, a Monday, when it starts. @default - in the third week, by seed */
  readonly from?: number;
  /** Something large that went wrong long before, and taught the series' past. @default - nothing */
  readonly scar?: Scar;
  /** The value with the fault, `age` samples after its start at index `start`. NaN: no sample. */
  apply(healthy: Healthy, start: number, age: number, random: Random): number;
}

const range = ({ highest, lowest }: Healthy): number => highest - lowest;

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
    shows: ({ seasonal = false }) => seasonal,
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
  {
    name: 'drop to zero',
    silence: true,
    days: 0.5,
    shows: ({ restsAtZero = false, passesZero = false }) => !restsAtZero && !passesZero,
    apply: () => 0,
  },
  {
    name: 'zero, where a deploy passes it',
    // A deploy is a rest of one sample in a coarse series and of several in a fine one: it has to be outlasted.
    silence: false,
    days: 0.5,
    shows: ({ passesZero = false }) => passesZero,
    apply: () => 0,
  },
  {
    name: 'frozen',
    silence: true,
    days: 0.5,
    shows: ({ rests = false }) => !rests,
    apply: (healthy, start) => at(healthy, start - 1),
  },
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
  {
    name: 'spike, smaller than one six weeks before',
    silence: false,
    days: 0.003,
    from: 54.4,
    shows: ({ rests = false }) => !rests,
    scar: {
      from: 10.4,
      days: 0.05,
      apply: (healthy, index) => at(healthy, index) + 20 * range(healthy),
    },
    apply: (healthy, start, age) => at(healthy, start + age) + 5 * range(healthy),
  },
  {
    name: 'weekday load on a Sunday',
    silence: false,
    days: 1,
    from: 27,
    shows: ({ weekly = false }) => weekly,
    apply: (healthy, start, age) => at(healthy, start + age - 2 * healthy.perDay),
  },
  {
    name: 'Sunday load on a Monday',
    silence: false,
    days: 1,
    from: 28,
    shows: ({ weekly = false }) => weekly,
    apply: (healthy, start, age) => at(healthy, start + age - healthy.perDay),
  },
  {
    name: 'noise that is gone',
    silence: false,
    days: 1,
    shows: ({ rests = false }) => !rests,
    // Averaged, interpolated or answered from a cache: the course is right, the life is gone.
    apply: (healthy, start, age, random) =>
      averageBefore(healthy, start + age) + 0.0005 * range(healthy) * random.uniform(),
  },
  {
    name: 'flapping within the usual range',
    silence: false,
    days: 0.5,
    shows: ({ rests = false }) => !rests,
    apply: (healthy, start, age) => {
      const swung = at(healthy, start + age) + 0.3 * range(healthy) * (age % 2 === 0 ? 1 : -1);
      return Math.min(healthy.highest, Math.max(healthy.lowest, swung));
    },
  },
];

/** Of three hours. */
function averageBefore(healthy: Healthy, index: number): number {
  const window = healthy.values.slice(index - Math.round(healthy.perDay / 8), index);
  return window.reduce((sum, value) => sum + value, 0) / window.length;
}
