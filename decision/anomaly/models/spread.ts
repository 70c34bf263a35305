import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { forgottenAt } from '../parts/forgetting';
import { milestone } from '../parts/milestones';
import { emptyWatch, watched, type Watch } from '../parts/watch';

const parameters = z.object({
  block: z
    .int()
    .min(3)
    .max(500)
    .default(24)
    .describe('Steps from record to record that are averaged before the next judgement.'),
  tolerance: z
    .number()
    .positive()
    .default(0.2)
    .describe(
      'Widths of its recent range that the size of the steps, as a logarithm, may leave it by before it scores one half.',
    ),
  first: z
    .number()
    .positive()
    .default(0.5)
    .describe('Widths outside at which it speaks first; then each time that doubles.'),
  blocks: z.int().min(2).default(100).describe('Blocks to be seen before the model speaks.'),
  records: z.number().positive().default(4000).describe('Forgets over so many records,'),
  days: z.number().positive().default(14).describe('or over so many days, whichever takes longer.'),
});

interface State {
  readonly last: number;
  /** Steps so far. */
  readonly count: number;
  /** Sum of the steps of the running block, and their number. */
  readonly sum: number;
  readonly steps: number;
  /** Average of all steps so far. */
  readonly usual: number;
  /** Widths outside at which to speak next. */
  readonly next: number;
  readonly watch: Watch;
}

/** Calmer than this share of its usual size is as calm as can be: what stands still is for another model. */
const calmest = 0.1;

/**
 * The logarithm of the average step from record to record, block by block, beyond its recent range.
 *
 * Steps rather than deviations, because a daily swing would drown them; a logarithm, because a noise that
 * vanishes is as odd as one that swells, and on a plain scale it would hardly leave its range; blocks rather than a
 * moving average, because one that leaves its range gradually would take the range along.
 */
export const spread = defineModel<z.infer<typeof parameters>, State>({
  name: 'spread',
  sees: 'a series that turns restless or strangely calm while its values stay in range',
  parameters,
  init: ({ first }) => ({ last: 0, count: -1, sum: 0, steps: 0, usual: 0, next: first, watch: emptyWatch }),
  step(state, { time, value }, { block, tolerance, first, blocks, records, days }) {
    const count = state.count + 1;
    if (count === 0) return { state: { ...state, last: value, count }, score: 0, expected: undefined };
    const size = Math.abs(value - state.last);
    const next = {
      last: value,
      count,
      sum: state.sum + size,
      steps: state.steps + 1,
      usual: state.usual + (size - state.usual) / count,
      next: state.next,
      watch: state.watch,
    };
    if (next.steps < block) return { state: next, score: 0, expected: undefined };
    const begun = { ...next, sum: 0, steps: 0 };
    if (next.usual === 0) return { state: begun, score: 0, expected: undefined };
    const rough = Math.log(Math.max(next.sum / block, calmest * next.usual));
    const { watch, outside } = watched(state.watch, time, rough, (elapsed) =>
      forgottenAt(elapsed, { records: records / block, days }),
    );
    const known = state.watch.envelope.count >= blocks;
    const told = milestone(known ? outside : 0, state.next, first);
    return {
      state: { ...begun, next: told.next, watch },
      score: told.speaks ? scoreOf(outside, tolerance, 2) : 0,
      expected: undefined,
    };
  },
});
