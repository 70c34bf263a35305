import { z } from 'zod';
import { defineModel } from '../../../decision/anomaly';

const parameters = z.object({
  window: z.int().min(2).default(200).describe('Records the mean and deviation are taken over.'),
  first: z.int().min(1).default(20).describe('Records before it speaks.'),
});

/** Deviations from the mean of the last records, as the README of the NAB data defines it. */
export const rollingZ = defineModel<z.infer<typeof parameters>, readonly number[]>({
  name: 'rolling z-score',
  sees: 'deviations from the rolling mean',
  parameters,
  init: () => [],
  step(values, { value }, { window, first }) {
    const state = [...values.slice(-(window - 1)), value];
    if (values.length < first) return { state, score: 0, expected: undefined };
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
    const unit = Math.max(deviation, 1e-6 * (1 + Math.abs(mean)));
    const distance = Math.abs(value - mean) / unit;
    return {
      state,
      score: Number((distance / (distance + 3)).toFixed(6)),
      expected: { value: mean, lower: mean - 3 * unit, upper: mean + 3 * unit },
    };
  },
});
