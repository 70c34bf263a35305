import type { Random } from '../faults/random';

const minute = 60_000;

/** A kind of series as public collections hold them, on which nothing is wrong yet. */
export interface Family {
  readonly name: string;
  readonly records: number;
  /** Milliseconds between two records. */
  readonly step: number;
  /** Anomalies that are none beside what the family shows by nature. @default - none */
  readonly hides?: readonly string[];
  start(random: Random): (record: number) => number;
}

const wave = (record: number, period: number): number => Math.sin((2 * Math.PI * record) / period);

/** Unlike the shapes of load that the engine is tuned on: other sampling, lengths, seasons and tails. */
export const families: readonly Family[] = [
  {
    name: 'hourly, three seasons and a trend, two months',
    records: 1420,
    step: 60 * minute,
    start: (random) => {
      const size = 50 + 500 * random.uniform();
      const seasons = [12, 24, 168].map((period) => ({ period, share: 0.5 * random.uniform() }));
      const slope = 0.0005 * random.normal();
      return (record) => {
        const swings = seasons.reduce((sum, { period, share }) => sum + share * wave(record, period), 0);
        return size * (1 + slope * record + swings + 0.05 * random.normal());
      };
    },
  },
  {
    name: 'hourly traffic with weekends, two months',
    records: 1430,
    step: 60 * minute,
    start: (random) => (record) => {
      const weekend = Math.floor(record / 24) % 7 >= 5 ? 0.7 : 1;
      return 1000 * weekend * (1 + 0.6 * wave(record, 24)) * Math.exp(0.1 * random.normal());
    },
  },
  {
    name: 'KPI every minute with weekends, four weeks',
    records: 40_320,
    step: minute,
    start: (random) => {
      let drift = 0;
      return (record) => {
        drift = 0.9 * drift + 0.3 * random.normal();
        const weekend = Math.floor(record / 1440) % 7 >= 5 ? 0.7 : 1;
        return 100 * weekend * (1.2 + wave(record, 1440)) + 5 * drift + 3 * random.normal();
      };
    },
  },
  {
    name: 'KPI every minute, heavy tail and no season, three weeks',
    records: 30_000,
    step: minute,
    hides: ['spike'],
    start: (random) => () => 10 * Math.exp(0.5 * random.normal()),
  },
  {
    name: 'noise every five minutes, a day and a half',
    records: 400,
    step: 5 * minute,
    hides: ['trend change'],
    start: (random) => () => 10 + random.normal(),
  },
  {
    name: 'hourly random walk, two months',
    records: 1500,
    step: 60 * minute,
    start: (random) => {
      let value = 100;
      return () => (value += random.normal());
    },
  },
  {
    name: 'mentions every five minutes, bursts of their own, eight weeks',
    records: 15_850,
    step: 5 * minute,
    hides: ['spike', 'trend change'],
    start: (random) => {
      const usual = 3 + 60 * random.uniform();
      let mood = 0;
      let burst = 0;
      return (record) => {
        mood = 0.98 * mood + 0.07 * random.normal();
        // One in 250 records starts a burst, of a size without a mean.
        if (random.uniform() < 0.004) burst = Math.max(burst, 0.4 / (1 - random.uniform()) ** 0.7);
        burst = Math.min(60, 0.85 * burst);
        const mean = usual * Math.exp(mood) * (0.6 + 0.4 * wave(record, 288)) * (1 + burst);
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
      };
    },
  },
  {
    name: 'temperature every five minutes, drifting, eleven weeks',
    records: 22_600,
    step: 5 * minute,
    start: (random) => {
      let weeks = 0;
      let hours = 0;
      return () => {
        weeks = 0.9995 * weeks + 0.25 * random.normal();
        hours = 0.97 * hours + 0.5 * random.normal();
        return 90 + weeks + hours + random.normal();
      };
    },
  },
];
