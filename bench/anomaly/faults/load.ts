import type { Random } from './random';

const day = 86_400_000;

/** A realistic shape of load on which nothing is wrong. */
export interface LoadShape {
  readonly name: string;
  /** Rests at one value by nature, so that doing so is no fault. @default - false */
  readonly rests?: boolean;
  /** Rests at zero by nature. @default - false */
  readonly restsAtZero?: boolean;
  /** Is zero for a moment by nature. @default - false */
  readonly passesZero?: boolean;
  /** Keeps weekends. @default - false */
  readonly weekly?: boolean;
  /** Has a daily period that can be put out of step. @default - false */
  readonly seasonal?: boolean;
  /** A source of values for one series; time in milliseconds, non-decreasing. */
  start(random: Random): (time: number) => number;
}

/** Load of people: low at night, two humps by day, less at the weekend. Between 0.1 and 1. */
function people(time: number, atWeekends = 0.55): number {
  const hour = ((time % day) / day) * 24;
  const weekday = Math.floor(time / day + 4) % 7;
  const hump = (centre: number, width: number) => Math.exp(-(((hour - centre) / width) ** 2));
  const weekend = weekday === 0 || weekday === 6 ? atWeekends : 1;
  return 0.1 + 0.9 * weekend * Math.min(1, 0.75 * hump(11, 3) + 0.9 * hump(17, 4) + 0.3 * hump(21, 2));
}

/** Noise that remembers: successive samples of a real metric are not independent. */
function correlated(random: Random, memory: number): () => number {
  let state = random.normal();
  return () => (state = memory * state + Math.sqrt(1 - memory * memory) * random.normal());
}

/** On Tuesdays and Thursdays at ten, for a minute that the samples of coarser series meet as well. */
function isDeploy(time: number): boolean {
  const weekday = Math.floor(time / day + 4) % 7;
  return (weekday === 2 || weekday === 4) && Math.floor((time % day) / 60_000) === 600;
}

/** Every shape there is. Values are those of some metric of a chat service. */
export const loadShapes: readonly LoadShape[] = [
  {
    name: 'users online, daily and weekly',
    seasonal: true,
    start: (random) => {
      const noise = correlated(random, 0.9);
      return (time) => 50 + 1000 * people(time) * (1 + 0.04 * noise()) + 5 * random.normal();
    },
  },
  {
    name: 'requests per second, daily and weekly, noisy',
    seasonal: true,
    start: (random) => {
      const noise = correlated(random, 0.5);
      return (time) => {
        const mean = 200 * people(time);
        return Math.max(0, mean + Math.sqrt(mean) * random.normal() + 0.05 * mean * noise());
      };
    },
  },
  {
    name: 'latency in seconds, skewed',
    start: (random) => (time) => 0.04 * (1 + 0.5 * people(time)) * Math.exp(0.25 * random.normal()),
  },
  {
    name: 'CPU in percent, flat with autocorrelated noise',
    start: (random) => {
      const noise = correlated(random, 0.8);
      return () => Math.min(100, Math.max(0, 35 + 4 * noise() + random.normal()));
    },
  },
  {
    name: 'memory in bytes, sawtooth of a garbage collector',
    start: (random) => {
      let used = 400;
      return () => {
        used += 2 + random.uniform();
        if (used > 700 + 20 * random.normal()) used = 400 + 10 * random.normal();
        return used * 1e6;
      };
    },
  },
  {
    name: 'queue length, counts near zero',
    rests: true,
    restsAtZero: true,
    start: (random) => (time) => {
      let left = 3 * people(time);
      let count = -1;
      while (left > 0) {
        left += Math.log(1 - random.uniform());
        count++;
      }
      return count;
    },
  },
  {
    name: 'logins of an office, hardly any at weekends',
    seasonal: true,
    weekly: true,
    start: (random) => {
      const noise = correlated(random, 0.7);
      return (time) => 20 + 400 * people(time, 0.05) * (1 + 0.05 * noise()) + 3 * random.normal();
    },
  },
  {
    name: 'workers connected, a few, none for a moment at a deploy',
    rests: true,
    passesZero: true,
    start: (random) => {
      let workers = 6;
      return (time) => {
        if (random.uniform() < 0.02) workers = Math.round(4 + 4 * people(time) + random.uniform());
        return isDeploy(time) ? 0 : workers;
      };
    },
  },
];
