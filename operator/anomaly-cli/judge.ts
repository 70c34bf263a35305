import { initSeries, policyOf, step, type Judgement, type PolicyInput } from '../../decision/anomaly';
import type { RangeSeries } from './prometheus';

/** A series with what the engine said of each of its samples. */
export interface JudgedSeries {
  readonly series: RangeSeries;
  readonly judgements: readonly Judgement[];
}

/** Learns from a range and judges it in the same pass, as if it had come in live. */
export function judge(series: RangeSeries, settings: PolicyInput): JudgedSeries {
  const policy = policyOf(settings);
  const first = series.values.findIndex((value) => !Number.isNaN(value));
  let state = initSeries(policy);
  const judgements: Judgement[] = [];
  for (let tick = Math.max(0, first); tick < series.values.length; tick++) {
    const next = step(state, { time: series.times[tick]!, value: series.values[tick]! }, policy);
    state = next.state;
    judgements.push(next.judgement);
  }
  return { series, judgements };
}

export function onsetsOf({ judgements }: JudgedSeries): readonly Judgement[] {
  return judgements.filter(({ verdict }) => verdict === 'onset');
}
