import {
  initSeries,
  policyOf,
  step,
  type Judgement,
  type PolicyInput,
  type Sample,
  type SeriesState,
} from '../../../decision/anomaly';

export const start = Date.UTC(2026, 0, 5);
export const minute = 60_000;
export const day = 86_400_000;

/** Samples five minutes apart, the value of each made from its index. */
export function samples(count: number, valueAt: (index: number) => number, from = 0): Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    time: start + (from + index) * 5 * minute,
    value: valueAt(from + index),
  }));
}

/** A wave of a day with a wiggle that does not repeat, between 80 and 120. */
export function wave(index: number): number {
  return 100 + 15 * Math.sin((index / 288) * 2 * Math.PI) + 5 * Math.sin(index * 12.9898 + Math.sin(index));
}

export function run(
  stream: readonly Sample[],
  input: PolicyInput = {},
  from?: SeriesState,
): { readonly state: SeriesState; readonly judgements: readonly Judgement[] } {
  const policy = policyOf(input);
  let state = from ?? initSeries(policy);
  const judgements = stream.map((sample) => {
    const next = step(state, sample, policy);
    state = next.state;
    return next.judgement;
  });
  return { state, judgements };
}

export const scoresOf = (judgements: readonly Judgement[]) => judgements.map(({ score }) => score);
export const onsetsIn = (judgements: readonly Judgement[]) =>
  judgements.flatMap(({ verdict }, index) => (verdict === 'onset' ? [index] : []));
