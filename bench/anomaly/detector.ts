import {
  initSeries,
  policyOf,
  step,
  type AnyModel,
  type PolicyInput,
  type Sample,
} from '../../decision/anomaly';
import type { LabelledSeries } from './nab/series';

/** Anything that scores samples one by one, from an empty state. */
export interface Detector {
  readonly name: string;
  start(): (sample: Sample) => number;
}

/** The engine under a policy. */
export function engine(name: string, input: PolicyInput = {}): Detector {
  const policy = policyOf(input);
  return {
    name,
    start() {
      let state = initSeries(policy);
      return (sample) => {
        const next = step(state, sample, policy);
        state = next.state;
        return next.judgement.score;
      };
    },
  };
}

/** One model on its own, without the engine around it. */
export function alone(model: AnyModel): Detector {
  const parameters = model.parameters.parse({});
  return {
    name: model.name,
    start() {
      let state = model.init(parameters);
      return (sample) => {
        const next = model.step(state, sample, parameters);
        state = next.state;
        return next.score;
      };
    },
  };
}

/** The score of each record of a series, each given before the next is seen. */
export function scoresOf(
  detector: Detector,
  { times, values }: Pick<LabelledSeries, 'times' | 'values'>,
): number[] {
  const score = detector.start();
  return values.map((value, index) => score({ time: times[index]!, value }));
}
