import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { noRuns, ran, surpriseOf, type Runs } from '../parts/runs';

const parameters = z.object({
  dependence: z
    .number()
    .min(0)
    .default(2)
    .describe('Orders of magnitude beyond chance that are let pass, because samples are not independent.'),
  tolerance: z.number().positive().default(0.25).describe('Further orders of magnitude that score one half.'),
});

interface State {
  readonly value: number;
  readonly repeats: Runs;
}

/** The same value over and over from a series that does not repeat itself: a stuck sensor, a dead exporter's cache. */
export const frozen = defineModel<z.infer<typeof parameters>, State>({
  name: 'frozen',
  sees: 'one value repeated by a series that used to vary',
  parameters,
  init: () => ({ value: 0, repeats: noRuns }),
  step(state, { value }, { dependence, tolerance }) {
    const repeats = ran(state.repeats, state.repeats.count > 0 && value === state.value);
    return {
      state: { value, repeats },
      score: scoreOf(surpriseOf(state.repeats, repeats, dependence), tolerance),
      expected: undefined,
    };
  },
});
