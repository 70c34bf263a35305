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

/** Zero, and zero again, from a series that is rarely zero or never for so long. */
export const zero = defineModel<z.infer<typeof parameters>, Runs>({
  name: 'zero',
  sees: 'a drop to exactly zero, even where zero lies within the range',
  parameters,
  init: () => noRuns,
  step(state, { value }, { dependence, tolerance }) {
    const zeros = ran(state, value === 0);
    return {
      state: zeros,
      score: scoreOf(surpriseOf(state, zeros, dependence), tolerance),
      expected: undefined,
    };
  },
});
