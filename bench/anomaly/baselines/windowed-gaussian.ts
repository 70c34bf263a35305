import { z } from 'zod';
import { defineModel } from '../../../decision/anomaly';

const parameters = z.object({
  window: z.int().min(2).default(1000).describe('Records the normal distribution is fitted to.'),
  step: z.int().min(1).default(100).describe('Records between two fits.'),
});

interface State {
  readonly values: readonly number[];
  readonly since: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Tail probability under a normal distribution fitted to a window, on a logarithmic scale. */
export const windowedGaussian = defineModel<z.infer<typeof parameters>, State>({
  name: 'windowed Gaussian',
  sees: 'values improbable under a normal distribution',
  parameters,
  init: () => ({ values: [], since: 0, mean: 0, deviation: 0 }),
  step(state, { value }, { window, step }) {
    const values = [...state.values.slice(-(window - 1)), value];
    const refit = state.since + 1 >= step || values.length < step;
    const mean = refit ? values.reduce((sum, one) => sum + one, 0) / values.length : state.mean;
    const deviation = refit
      ? Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length)
      : state.deviation;
    const distance = state.deviation > 0 ? Math.abs(value - state.mean) / state.deviation : 0;
    return {
      state: { values, since: refit ? 0 : state.since + 1, mean, deviation },
      score: Math.min(1, -logTail(distance) / 40),
      expected: { value: mean, lower: mean - 3 * deviation, upper: mean + 3 * deviation },
    };
  },
});

/** Natural logarithm of the two-sided tail of the normal distribution (Mills' ratio beyond 3). */
function logTail(distance: number): number {
  if (distance > 3)
    return Math.log(2 / Math.sqrt(2 * Math.PI)) - (distance * distance) / 2 - Math.log(distance);
  // Abramowitz and Stegun 7.1.26.
  const x = distance / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.log(poly * Math.exp(-x * x));
}
