import {
  initSeries,
  policyOf,
  step,
  type Policy,
  type PolicyInput,
  type SeriesState,
} from '../../../decision/anomaly';
import { faults, type Fault } from './fault';
import { faultySeries, healthySeries, type GeneratedSeries } from './generate';
import { loadShapes, type LoadShape } from './load';

/** How a fault was found, over all shapes and seeds it was injected into. */
export interface FaultTrial {
  readonly fault: Fault;
  readonly injected: number;
  /** Intervals from the first faulty sample to the alarm, of the cases that were found; 1 is at once. */
  readonly delays: readonly number[];
  /** Cases found as soon as they have to be: silence within two intervals, anything else while it lasts. */
  readonly inTime: number;
}

/** Intervals within which silence is to be found. */
const silenceWithin = 2;

/**
 * Injects every fault into every shape in which it shows, and sees when the engine alarms.
 *
 * @param intervalSeconds between two samples
 */
export function faultTrials(
  seeds: readonly number[],
  input: PolicyInput = {},
  intervalSeconds = 300,
): readonly FaultTrial[] {
  const policy = policyOf(input);
  const past = pasts(policy);
  return faults.map((fault) => {
    const cases = loadShapes
      .filter((shape) => fault.shows?.(shape) ?? true)
      .flatMap((shape) =>
        seeds.map((seed) => {
          // Another time of the day and of the week with each seed.
          const from = fault.from ?? 20.3 + (seed % 8) * 0.17;
          const span = { days: from + fault.days + 1, intervalSeconds, seed: seed + 100, from };
          const series = faultySeries(shape, fault, span);
          // Without a scar the past is that of the healthy series, whatever the fault.
          const key = [shape.name, seed, from, fault.scar ? fault.name : ''].join();
          return delayOf(series, past(key, series), policy);
        }),
      );
    const delays = cases.filter((delay) => delay !== undefined).sort((a, b) => a - b);
    return {
      fault,
      injected: cases.length,
      delays,
      inTime: delays.filter((delay) => !fault.silence || delay <= silenceWithin).length,
    };
  });
}

/** The state of a series up to its fault, learned once for all faults that share it. */
function pasts(policy: Policy): (key: string, series: GeneratedSeries) => SeriesState {
  const known = new Map<string, SeriesState>();
  return (key, { times, values, faulty }) => {
    let state = known.get(key);
    if (!state) {
      state = initSeries(policy);
      for (let index = 0; index < faulty![0]; index++) {
        state = step(state, { time: times[index]!, value: values[index]! }, policy).state;
      }
      known.set(key, state);
    }
    return state;
  };
}

function delayOf(
  { times, values, faulty }: GeneratedSeries,
  past: SeriesState,
  policy: Policy,
): number | undefined {
  let state = past;
  for (let index = faulty![0]; index <= faulty![1]; index++) {
    const next = step(state, { time: times[index]!, value: values[index]! }, policy);
    state = next.state;
    if (next.judgement.verdict === 'onset') return index - faulty![0] + 1;
  }
  return undefined;
}

export interface HealthyTrial {
  readonly shape: LoadShape;
  readonly seriesDays: number;
  readonly alarms: number;
  /** On the series that raised most. */
  readonly most: number;
}

/** Alarms on series on which nothing is wrong. */
export function healthyTrials(
  seeds: readonly number[],
  days: number,
  input: PolicyInput = {},
  intervalSeconds = 300,
): readonly HealthyTrial[] {
  const policy = policyOf(input);
  return loadShapes.map((shape) => {
    const alarms = seeds.map((seed) => {
      const { times, values } = healthySeries(shape, { days, intervalSeconds, seed });
      let state = initSeries(policy);
      let onsets = 0;
      values.forEach((value, index) => {
        const next = step(state, { time: times[index]!, value }, policy);
        state = next.state;
        if (next.judgement.verdict === 'onset') onsets++;
      });
      return onsets;
    });
    return {
      shape,
      seriesDays: seeds.length * days,
      alarms: alarms.reduce((sum, one) => sum + one, 0),
      most: Math.max(...alarms),
    };
  });
}
