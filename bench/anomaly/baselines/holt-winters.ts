import { z } from 'zod';
import { defineModel } from '../../../decision/anomaly';

const day = 86_400_000;

const parameters = z.object({
  bins: z.int().min(1).default(96).describe('Parts of the day that have an additive seasonal term each.'),
  level: z.number().default(0.05),
  trend: z.number().default(0.001),
  season: z.number().default(0.2),
  spread: z.number().default(0.02).describe('Weight of the newest error in the mean absolute error.'),
});

interface State {
  readonly count: number;
  readonly level: number;
  readonly trend: number;
  readonly seasons: readonly number[];
  readonly error: number;
}

/** Additive triple exponential smoothing over the day. */
export const holtWinters = defineModel<z.infer<typeof parameters>, State>({
  name: 'Holt-Winters',
  sees: 'errors of a smoothed level, trend and daily season',
  parameters,
  init: ({ bins }) => ({ count: 0, level: 0, trend: 0, seasons: new Array<number>(bins).fill(0), error: 0 }),
  step(state, { time, value }, { bins, level, trend, season, spread }) {
    if (state.count === 0) {
      return { state: { ...state, count: 1, level: value }, score: 0, expected: undefined };
    }
    const bin = Math.floor((time / day) * bins) % bins;
    const seasonal = state.seasons[bin]!;
    const forecast = state.level + state.trend + seasonal;
    const error = value - forecast;
    const smoothed = state.level + state.trend + level * error;
    const unit = state.error || 1e-6 * (1 + Math.abs(value));
    const distance = Math.abs(error) / unit;
    return {
      state: {
        count: state.count + 1,
        level: smoothed,
        trend: (1 - trend) * state.trend + trend * (smoothed - state.level),
        seasons: state.seasons.with(bin, seasonal + season * (value - smoothed - seasonal)),
        error: state.error + Math.max(spread, 1 / (state.count + 1)) * (Math.abs(error) - state.error),
      },
      score: state.count < 20 ? 0 : distance / (distance + 3),
      expected: { value: forecast, lower: forecast - 3 * unit, upper: forecast + 3 * unit },
    };
  },
});
