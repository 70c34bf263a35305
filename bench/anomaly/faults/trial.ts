import { initSeries, policyOf, step, type PolicyInput } from '../../../decision/anomaly';
import { faults, type Fault } from './fault';
import { faultySeries, healthySeries } from './generate';
import { loadShapes, type LoadShape } from './load';

/** How a fault was found, over all shapes and seeds it was injected into. */
export interface FaultTrial {
  readonly fault: Fault;
  readonly injected: number;
  /** Intervals from the first faulty sample to the alarm, of the cases that were found; 1 is at once. */
  readonly delays: readonly number[];
}

export const intervalSeconds = 300;

/** Injects every fault into every shape that it changes, three weeks in, and sees when the engine alarms. */
export function faultTrials(seeds: readonly number[], input: PolicyInput = {}): readonly FaultTrial[] {
  return faults.map((fault) => {
    const cases = loadShapes
      .filter((shape) => changes(fault, shape))
      .flatMap((shape) => seeds.map((seed) => delayOf(shape, fault, seed, input)));
    return {
      fault,
      injected: cases.length,
      delays: cases.filter((delay) => delay !== undefined).sort((a, b) => a - b),
    };
  });
}

/** Whether there is anything to see: what rests by nature may rest, and what has no period cannot lose it. */
function changes({ name, silence }: Fault, { rests = false, seasonal = false }: LoadShape): boolean {
  if (name === 'seasonality change') return seasonal;
  return !(rests && silence && name !== 'missing');
}

function delayOf(shape: LoadShape, fault: Fault, seed: number, input: PolicyInput): number | undefined {
  // Another time of the day and of the week with each seed.
  const span = { days: 26, intervalSeconds, seed: seed + 100, from: 20.3 + (seed % 8) * 0.17 };
  const { times, values, faulty } = faultySeries(shape, fault, span);
  const policy = policyOf(input);
  let state = initSeries(policy);
  for (let index = 0; index <= faulty![1]; index++) {
    const next = step(state, { time: times[index]!, value: values[index]! }, policy);
    state = next.state;
    if (index >= faulty![0] && next.judgement.verdict === 'onset') return index - faulty![0] + 1;
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
): readonly HealthyTrial[] {
  return loadShapes.map((shape) => {
    const alarms = seeds.map((seed) => {
      const { times, values } = healthySeries(shape, { days, intervalSeconds, seed });
      const policy = policyOf(input);
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
