import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { forgottenAt } from '../parts/forgetting';
import { deviationOf, meanOf, pushed } from '../parts/ring';
import { emptyWatch, expectedBy, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  window: z.int().min(3).max(200).default(24).describe('Records the moving standard deviation runs over.'),
  tolerance: z
    .number()
    .positive()
    .default(0.4)
    .describe('Widths of its recent range that the deviation may leave it by before it scores one half.'),
  records: z.number().positive().default(4000).describe('Forgets over so many records,'),
  days: z.number().positive().default(14).describe('or over so many days, whichever takes longer.'),
});

interface State {
  readonly values: readonly number[];
  readonly watch: Watch;
}

/** A moving standard deviation beyond its recent range. */
export const spread = defineModel<z.infer<typeof parameters>, State>({
  name: 'spread',
  sees: 'a series that swings more widely than lately while its values stay in range',
  parameters,
  init: () => ({ values: [], watch: emptyWatch }),
  step(state, { time, value }, { window, tolerance, ...memory }) {
    const values = pushed(state.values, value, window);
    if (values.length < window) {
      return { state: { values, watch: state.watch }, score: 0, expected: undefined };
    }
    const mean = meanOf(values);
    const usual = expectedBy(state.watch);
    const { watch, outside } = watched(state.watch, time, deviationOf(values, mean), (elapsed) =>
      forgottenAt(elapsed, memory),
    );
    return {
      state: { values, watch },
      score: scoreOf(outside, tolerance, 2),
      expected: usual && { value: mean, lower: mean - 2 * usual.upper, upper: mean + 2 * usual.upper },
    };
  },
});
