import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { emptyWatch, expectedBy, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  tolerance: z
    .number()
    .positive()
    .default(0.03)
    .describe(
      'Widths of everything met so far that a value may lie outside of it before it scores one half.',
    ),
});

/** Higher or lower than ever. Never forgets, so that its false alarms die out as the series ages. */
export const level = defineModel<z.infer<typeof parameters>, Watch>({
  name: 'level',
  sees: 'a value beyond everything the series ever showed',
  parameters,
  init: () => emptyWatch,
  step(state, { time, value }, { tolerance }) {
    const { watch, outside } = watched(state, time, value);
    return { state: watch, score: scoreOf(outside, tolerance), expected: expectedBy(state) };
  },
});
