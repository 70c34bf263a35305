import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { forgottenAt } from '../parts/forgetting';
import { pushed } from '../parts/ring';
import { emptyWatch, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  length: z.int().min(2).max(64).default(12).describe('Records in the stretch that is compared.'),
  history: z.int().min(32).max(512).default(192).describe('Records that are looked through for one like it.'),
  tolerance: z
    .number()
    .positive()
    .default(0.7)
    .describe('Widths of its recent range that the distance may leave it by before it scores one half.'),
  records: z.number().positive().default(4000).describe('Forgets over so many records,'),
  days: z.number().positive().default(14).describe('or over so many days, whichever takes longer.'),
});

interface State {
  readonly values: readonly number[];
  readonly distances: Watch;
}

/** A stretch unlike every recent one: the left side of an online matrix profile over a bounded history. */
export const shape = defineModel<z.infer<typeof parameters>, State>({
  name: 'shape',
  sees: 'usual values in an order the series did not show before',
  parameters,
  init: () => ({ values: [], distances: emptyWatch }),
  step(state, { time, value }, { length, history, tolerance, ...memory }) {
    const values = pushed(state.values, value, history);
    if (values.length < history) {
      return { state: { values, distances: state.distances }, score: 0, expected: undefined };
    }
    const { watch, outside } = watched(state.distances, time, nearest(values, length), (elapsed) =>
      forgottenAt(elapsed, memory),
    );
    return {
      state: { values, distances: watch },
      score: scoreOf(outside, tolerance, 2),
      expected: undefined,
    };
  },
});

/** Root mean square distance of the last stretch to the nearest earlier one that does not overlap it. */
function nearest(values: readonly number[], length: number): number {
  const last = values.length - length;
  let best = Infinity;
  for (let start = last - length; start >= 0; start--) {
    let distance = 0;
    for (let offset = 0; offset < length && distance < best; offset++) {
      const difference = values[last + offset]! - values[start + offset]!;
      distance += difference * difference;
    }
    if (distance < best) best = distance;
  }
  return Math.sqrt(best / length);
}
