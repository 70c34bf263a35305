import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { milestone } from '../parts/milestones';
import { noRuns, ran, surpriseOf, type Runs } from '../parts/runs';

const parameters = z.object({
  dependence: z
    .number()
    .min(0)
    .default(2)
    .describe('Orders of magnitude beyond chance that are let pass, because samples are not independent.'),
  tolerance: z.number().positive().default(0.1).describe('Further orders of magnitude that score one half.'),
  first: z
    .number()
    .positive()
    .default(0.25)
    .describe('Further orders of magnitude at which it speaks first; then each time they double.'),
});

interface State {
  readonly value: number;
  readonly repeats: Runs;
  /** Orders of magnitude at which to speak next. */
  readonly next: number;
}

/** The same value over and over from a series that does not repeat itself: a stuck sensor, a dead exporter's cache. */
export const frozen = defineModel<z.infer<typeof parameters>, State>({
  name: 'frozen',
  sees: 'one value repeated by a series that used to vary',
  silence: true,
  parameters,
  init: ({ first }) => ({ value: 0, repeats: noRuns, next: first }),
  step(state, { value }, { dependence, tolerance, first }) {
    const repeats = ran(state.repeats, state.repeats.count > 0 && value === state.value);
    const surprise = surpriseOf(state.repeats, repeats, dependence);
    const { speaks, next } = milestone(surprise, state.next, first);
    return {
      state: { value, repeats, next },
      score: speaks ? scoreOf(surprise, tolerance) : 0,
      expected: undefined,
      lasting: surprise > 0,
    };
  },
});
