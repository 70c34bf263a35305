import { z } from 'zod';
import { defineModel } from '../../../decision/anomaly';

const hour = 3_600_000;

const parameters = z.object({
  kept: z.int().min(4).default(60).describe('Values kept for each hour of the day.'),
  first: z.int().min(4).default(20).describe('Values of this hour before it speaks.'),
});

type State = readonly (readonly number[])[];

/** Distance beyond the quartiles of the same hour of the day, in interquartile ranges (Tukey's fences). */
export const seasonalQuantile = defineModel<z.infer<typeof parameters>, State>({
  name: 'seasonal quantile',
  sees: 'values outside of the fences of their hour of the day',
  parameters,
  init: () => Array.from({ length: 24 }, () => []),
  step(state, { time, value }, { kept, first }) {
    const slot = Math.floor(time / hour) % 24;
    const values = state[slot]!;
    const next = state.with(slot, [...values.slice(-(kept - 1)), value]);
    if (values.length < first) return { state: next, score: 0, expected: undefined };
    const sorted = values.slice().sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
    const range = at(0.75) - at(0.25) || 1e-6 * (1 + Math.abs(value));
    const beyond = Math.max(0, value - at(0.75), at(0.25) - value) / range;
    return {
      state: next,
      score: beyond / (beyond + 1.5),
      expected: { value: at(0.5), lower: at(0.25) - 1.5 * range, upper: at(0.75) + 1.5 * range },
    };
  },
});
