import { initSeries, policyOf, restore, save, step, type SeriesState } from '../../decision/anomaly';
import { healthySeries } from './faults/generate';
import { loadShapes } from './faults/load';

export interface Cost {
  readonly series: number;
  /** Microseconds a sample. */
  readonly median: number;
  readonly p99: number;
  /** Seconds to judge one sample of every series. */
  readonly round: number;
  /** Bytes of heap a series. */
  readonly memory: number;
  /** Seconds to take up every series from its saved state. */
  readonly startUp: number;
}

const rounds = 3;
const interval = 15;

/** The longest saved state of any series, in bytes: numbers with all their digits. */
export function largestState(): number {
  return Math.max(...seasoned().map((text) => Buffer.byteLength(text)));
}

/** Saved states of series that have seen everything: buffers full, weeks learned. */
function seasoned(): string[] {
  const policy = policyOf();
  return loadShapes.map((shape, index) => {
    const { times, values } = healthySeries(shape, { days: 22, intervalSeconds: 300, seed: 500 + index });
    let state = initSeries(policy);
    values.forEach((value, at) => (state = step(state, { time: times[at]!, value }, policy).state));
    return save(state);
  });
}

/** Restores so many series from their saved state and judges a few rounds of samples, as every 15 s. */
export function costOf(series: number): Cost {
  const policy = policyOf();
  const saved = seasoned();
  const before = heap();
  const restored = process.hrtime.bigint();
  const states: SeriesState[] = Array.from(
    { length: series },
    (_, index) => restore(saved[index % saved.length]!, policy).state,
  );
  const startUp = secondsSince(restored);
  const start = states[0]!.intake.time;
  const samples = new Float64Array(series * rounds);
  const began = process.hrtime.bigint();
  for (let round = 0; round < rounds; round++) {
    const time = start + (round + 1) * interval * 1000;
    for (let index = 0; index < series; index++) {
      const value = 100 + 50 * Math.sin(index + round);
      const at = process.hrtime.bigint();
      states[index] = step(states[index]!, { time, value }, policy).state;
      samples[round * series + index] = Number(process.hrtime.bigint() - at) / 1000;
    }
  }
  const round = secondsSince(began) / rounds;
  const memory = (heap() - before) / series;
  samples.sort();
  return {
    series,
    median: samples[samples.length >> 1]!,
    p99: samples[Math.floor(samples.length * 0.99)]!,
    round,
    memory: states.length > 0 ? memory : NaN,
    startUp,
  };
}

function heap(): number {
  if (!globalThis.gc) throw new Error('Memory cannot be measured; run node with --expose-gc.');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function secondsSince(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e9;
}
