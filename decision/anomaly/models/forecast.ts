import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { emptyWatch, expectedBy, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  memory: z.number().min(2).default(50).describe('Records over which the forecast forgets.'),
  tolerance: z
    .number()
    .positive()
    .default(0.05)
    .describe('Widths of all earlier forecast errors that one may exceed them by before it scores one half.'),
});

interface State {
  readonly center: number;
  readonly errors: Watch;
}

/** The error of a short-memory forecast beyond every earlier error: jumps that stay within the range. */
export const forecast = defineModel<z.infer<typeof parameters>, State>({
  name: 'forecast',
  sees: 'a jump away from where the series was heading, larger than any before',
  parameters,
  init: () => ({ center: 0, errors: emptyWatch }),
  step({ center, errors }, { time, value }, { memory, tolerance }) {
    const seen = errors.envelope.count;
    const error = seen === 0 ? 0 : value - center;
    const { watch, outside } = watched(errors, time, error);
    // The plain mean first, so that the forecast does not hang on the value the series happened to start with.
    const next = seen === 0 ? value : center + error * Math.max(1 / memory, 1 / (seen + 1));
    return {
      state: { center: next, errors: watch },
      score: scoreOf(outside, tolerance, 2),
      expected: expectedBy(errors, center),
    };
  },
});
