import { z } from 'zod';
import { defineModel } from '../../../decision/anomaly';

const parameters = z.object({
  weight: z.number().min(0).max(1).default(0.02).describe('Weight of the newest record.'),
  first: z.int().min(1).default(20).describe('Records before it speaks.'),
});

interface State {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Deviations from an exponentially weighted mean: the control chart of Roberts. */
export const ewma = defineModel<z.infer<typeof parameters>, State>({
  name: 'EWMA',
  sees: 'deviations from an exponentially weighted mean',
  parameters,
  init: () => ({ count: 0, mean: 0, variance: 0 }),
  step({ count, mean, variance }, { value }, { weight, first }) {
    if (count === 0) {
      return { state: { count: 1, mean: value, variance: 0 }, score: 0, expected: undefined };
    }
    const error = value - mean;
    const deviation = Math.sqrt(variance) || 1e-6 * (1 + Math.abs(mean));
    const distance = Math.abs(error) / deviation;
    return {
      state: {
        count: count + 1,
        mean: mean + weight * error,
        variance: (1 - weight) * (variance + weight * error * error),
      },
      score: count < first ? 0 : distance / (distance + 3),
      expected: { value: mean, lower: mean - 3 * deviation, upper: mean + 3 * deviation },
    };
  },
});
