import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { forgottenAt } from '../parts/forgetting';
import { emptyWatch, expectedBy, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  tolerance: z
    .number()
    .positive()
    .default(0.5)
    .describe('Widths of the recent range that a value may lie outside of it before it scores one half.'),
  records: z.number().positive().default(2000).describe('Forgets over so many records,'),
  days: z.number().positive().default(7).describe('or over so many days, whichever takes longer.'),
});

/** Far outside of what was usual lately: sees a spike even after a larger one long ago. */
export const recent = defineModel<z.infer<typeof parameters>, Watch>({
  name: 'recent',
  sees: 'a value far outside of its range of the last week, though larger ones lie further back',
  parameters,
  init: () => emptyWatch,
  step(state, { time, value }, { tolerance, ...memory }) {
    const { watch, outside } = watched(state, time, value, (elapsed) => forgottenAt(elapsed, memory));
    return { state: watch, score: scoreOf(outside, tolerance, 2), expected: expectedBy(state) };
  },
});
