import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { forgottenAt } from '../parts/forgetting';
import { meanOf, pushed } from '../parts/ring';
import { emptyWatch, expectedBy, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  window: z.int().min(2).max(200).default(24).describe('Records the moving average runs over.'),
  tolerance: z
    .number()
    .positive()
    .default(0.15)
    .describe('Widths of its recent range that the average may leave it by before it scores one half.'),
  records: z.number().positive().default(4000).describe('Forgets over so many records,'),
  days: z.number().positive().default(14).describe('or over so many days, whichever takes longer.'),
});

interface State {
  readonly values: readonly number[];
  readonly watch: Watch;
}

/** A moving average beyond its recent range: level shifts, leaks, and bursts whose single values are nothing new. */
export const smooth = defineModel<z.infer<typeof parameters>, State>({
  name: 'smooth',
  sees: 'level shifts and dense bursts that no single value gives away',
  parameters,
  init: () => ({ values: [], watch: emptyWatch }),
  step(state, { time, value }, { window, tolerance, ...memory }) {
    const values = pushed(state.values, value, window);
    const expected = expectedBy(state.watch);
    if (values.length < window) return { state: { values, watch: state.watch }, score: 0, expected };
    const { watch, outside } = watched(state.watch, time, meanOf(values), (elapsed) =>
      forgottenAt(elapsed, memory),
    );
    return { state: { values, watch }, score: scoreOf(outside, tolerance, 2), expected };
  },
});
