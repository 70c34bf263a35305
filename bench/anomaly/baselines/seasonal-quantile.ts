import { z } from 'zod';
import { defineModel } from '../../../decision/anomaly';

const hour = 3_600_000;

const parameters = z.object({
  kept: z.int().min(4).default(500).describe('Values kept for each hour of the day.'),
  least: z
    .number()
    .min(0)
    .default(1)
    .describe('Part of the deviation of the whole series that an interquartile range is taken for at least.'),
  first: z.int().min(4).default(6).describe('Values of this hour before it speaks.'),
});

interface State {
  readonly hours: readonly (readonly number[])[];
  /** Of all values so far; the sum is of squared distances from the mean. */
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** Distance beyond the quartiles of the same hour of the day, in interquartile ranges (Tukey's fences). */
export const seasonalQuantile = defineModel<z.infer<typeof parameters>, State>({
  name: 'seasonal quantile',
  sees: 'values outside of the fences of their hour of the day',
  parameters,
  init: () => ({ hours: Array.from({ length: 24 }, () => []), count: 0, mean: 0, squares: 0 }),
  step(state, { time, value }, { kept, first, least }) {
    const slot = Math.floor(time / hour) % 24;
    const values = state.hours[slot]!;
    const count = state.count + 1;
    const mean = state.mean + (value - state.mean) / count;
    const next = {
      hours: state.hours.with(slot, [...values.slice(-(kept - 1)), value]),
      count,
      mean,
      squares: state.squares + (value - state.mean) * (value - mean),
    };
    if (values.length < first) return { state: next, score: 0, expected: undefined };
    const sorted = values.slice().sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
    // An hour in which nothing happened says little of the next one: its fences never close altogether.
    const floor = least * Math.sqrt(state.squares / state.count);
    const range = Math.max(at(0.75) - at(0.25), floor) || 1e-6 * (1 + Math.abs(value));
    const beyond = Math.max(0, value - at(0.75), at(0.25) - value) / range;
    return {
      state: next,
      score: beyond / (beyond + 1.5),
      expected: { value: at(0.5), lower: at(0.25) - 1.5 * range, upper: at(0.75) + 1.5 * range },
    };
  },
});
