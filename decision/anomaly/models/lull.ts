import { z } from 'zod';
import { defineModel } from '../model';
import { emptyEnvelope, widened, type Envelope } from '../parts/envelope';
import { scoreOf } from '../parts/evidence';
import { milestone } from '../parts/milestones';

const parameters = z.object({
  share: z
    .number()
    .min(0)
    .max(1)
    .default(0.15)
    .describe('Part of the whole range, from below, within which the series counts as resting.'),
  stretch: z
    .number()
    .positive()
    .default(0.3)
    .describe('Widths by which a value stretches the range so far that rests are learned anew.'),
  rests: z.int().min(1).default(10).describe('Rests to be seen before the model speaks,'),
  records: z.int().min(1).default(200).describe('and records.'),
  tolerance: z
    .number()
    .positive()
    .default(12)
    .describe('Average rests that the longest one may be outlasted by before it scores one half.'),
  first: z
    .number()
    .positive()
    .default(4)
    .describe('Average rests beyond the longest at which it speaks first; then each time that doubles.'),
});

interface State {
  readonly range: Envelope;
  readonly rests: number;
  /** Records, as are the next two. */
  readonly averageRest: number;
  readonly longestRest: number;
  readonly rest: number;
  /** Average rests beyond the longest at which to speak next. */
  readonly next: number;
}

/**
 * A series that rests longer than ever, though each value is the most usual of all: no requests, no spikes, no
 * batch that ran. Rests that end by chance exceed their longest by an exponential number of average rests.
 */
export const lull = defineModel<z.infer<typeof parameters>, State>({
  name: 'lull',
  sees: 'activity that stays away for longer than ever',
  parameters,
  init: ({ first }) => ({
    range: emptyEnvelope,
    rests: 0,
    averageRest: 0,
    longestRest: 0,
    rest: 0,
    next: first,
  }),
  step(state, { value }, { share, stretch, rests, records, tolerance, first }) {
    const { low, high, count } = state.range;
    const range = widened(state.range, value);
    if (value > low + share * (high - low)) {
      const woken = awake(state);
      // What counts as resting changes with the range: what was learned of rests so far is of others.
      const outdated = state.rests >= rests && value > high + stretch * (high - low);
      return {
        state: { ...woken, rests: outdated ? 0 : woken.rests, range, rest: 0, next: first },
        score: 0,
        expected: undefined,
      };
    }
    const rest = state.rest + 1;
    const knowing = count >= records && state.rests >= rests && rest > state.longestRest;
    const beyond = knowing ? (rest - state.longestRest) / (state.averageRest + 1) : 0;
    const { speaks, next } = milestone(beyond, state.next, first);
    return {
      state: { ...state, range, rest, next },
      lasting: beyond > 0,
      score: speaks ? scoreOf(beyond, tolerance) : 0,
      expected: speaks ? { value: high, lower: low + share * (high - low), upper: high } : undefined,
    };
  },
});

function awake(state: State): State {
  if (state.rest === 0) return state;
  const rests = state.rests + 1;
  return {
    ...state,
    rests,
    averageRest: state.averageRest + (state.rest - state.averageRest) / rests,
    longestRest: Math.max(state.longestRest, state.rest),
  };
}
