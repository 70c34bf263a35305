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
  readonly zeros: Runs;
  /** Orders of magnitude at which to speak next. */
  readonly next: number;
}

/** Zero, and zero again, from a series that is rarely zero or never for so long. */
export const zero = defineModel<z.infer<typeof parameters>, State>({
  name: 'zero',
  sees: 'a drop to exactly zero, even where zero lies within the range',
  silence: true,
  parameters,
  init: ({ first }) => ({ zeros: noRuns, next: first }),
  step(state, { value }, { dependence, tolerance, first }) {
    const zeros = ran(state.zeros, value === 0);
    const surprise = surpriseOf(state.zeros, zeros, dependence);
    const { speaks, next } = milestone(surprise, state.next, first);
    return {
      state: { zeros, next },
      score: speaks ? scoreOf(surprise, tolerance) : 0,
      expected: undefined,
      lasting: surprise > 0,
    };
  },
});
