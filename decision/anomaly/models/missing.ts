import { z } from 'zod';
import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import { milestone } from '../parts/milestones';

const parameters = z.object({
  tolerance: z
    .number()
    .positive()
    .default(0.05)
    .describe(
      'Intervals without a value, beyond the longest gap ever and half an interval, that score one half.',
    ),
  first: z
    .number()
    .positive()
    .default(1)
    .describe('Such intervals at which it speaks first, so at the second tick; then each time they double.'),
  samples: z.int().min(2).default(20).describe('Samples to be seen before the interval counts as known.'),
});

interface State {
  readonly count: number;
  readonly time: number;
  /** Usual time between samples, milliseconds. */
  readonly interval: number;
  /** Longest time between samples, in usual intervals beyond the one that is due. */
  readonly longestGap: number;
  /** Missed intervals at which to speak next. */
  readonly next: number;
}

/** A gap counts for the average interval only up to so many intervals. */
const clip = 3;

/** No value where one was due. Speaks at ticks without a value only: a gap that is over is no longer news. */
export const missing = defineModel<z.infer<typeof parameters>, State>({
  name: 'missing',
  sees: 'a series that is gone, or stale, for longer than it ever was',
  silence: true,
  parameters,
  init: ({ first }) => ({ count: 0, time: 0, interval: 0, longestGap: 0, next: first }),
  step(state, { time }, { first }) {
    const count = state.count + 1;
    const elapsed = time - state.time;
    if (state.count === 0 || elapsed <= 0) {
      return { state: { ...state, count, time, next: first }, score: 0, expected: undefined };
    }
    const counted = state.interval > 0 ? Math.min(elapsed, clip * state.interval) : elapsed;
    const interval = state.interval + (counted - state.interval) * Math.max(0.02, 1 / state.count);
    const gap = Math.max(0, elapsed / interval - 1);
    return {
      state: { count, time, interval, longestGap: Math.max(state.longestGap, Math.round(gap)), next: first },
      score: 0,
      expected: undefined,
    };
  },
  absent(state, time, { tolerance, first, samples }) {
    const known = state.count >= samples && state.interval > 0;
    const missed = known ? Math.round((time - state.time) / state.interval) : 0;
    const beyond = missed - state.longestGap - 0.5;
    const { speaks, next } = milestone(beyond, state.next, first);
    return {
      state: { ...state, next },
      score: speaks ? scoreOf(beyond, tolerance) : 0,
      expected: undefined,
      lasting: beyond > 0,
    };
  },
});
