import { z } from 'zod';
import { defineModel } from '../model';
import { emptyEnvelope, exceedance, widened, type Envelope } from '../parts/envelope';
import { scoreOf } from '../parts/evidence';
import { milestone } from '../parts/milestones';
import { meanOf, medianOf, pushed } from '../parts/ring';
import type { Expectation } from '../sample';

const hour = 3_600_000;

const parameters = z.object({
  span: z
    .int()
    .min(1)
    .max(24)
    .default(6)
    .describe('Hours that are averaged: what leaks does so all the time.'),
  delay: z
    .int()
    .min(1)
    .max(96)
    .default(24)
    .describe('Hours before an average counts as past: what creeps must not move its own yardstick.'),
  hours: z.int().min(1).default(72).describe('Hours of past to be seen before the model speaks.'),
  tolerance: z
    .number()
    .positive()
    .default(0.15)
    .describe('Widths of the past that the average may lie outside of it before it scores one half.'),
  first: z
    .number()
    .positive()
    .default(0.4)
    .describe('Widths outside at which it speaks first; then each time that doubles.'),
});

interface State {
  readonly hour: number;
  readonly sum: number;
  readonly count: number;
  /** Means of the last hours, as many as are averaged. */
  readonly means: readonly number[];
  /** Averages that are not past yet, oldest first. */
  readonly waiting: readonly number[];
  readonly past: Envelope;
  /** Widths outside at which to speak next. */
  readonly next: number;
  /** Widths outside at the last full hour. */
  readonly outside: number;
}

/** The average of the last hours has left, however slowly, what was usual until a day ago. */
export const leak = defineModel<z.infer<typeof parameters>, State>({
  name: 'leak',
  sees: 'a slow leak or drift, each step of which is too small to notice',
  parameters,
  init: ({ first }) => ({
    hour: 0,
    sum: 0,
    count: 0,
    means: [],
    waiting: [],
    past: emptyEnvelope,
    next: first,
    outside: 0,
  }),
  step(state, { time, value }, { span, delay, hours, tolerance, first }) {
    const now = Math.floor(time / hour);
    const known = state.past.count >= hours;
    const expected = known ? bandOf(state.past) : undefined;
    if (now === state.hour || state.count === 0) {
      const grown = { ...state, hour: now, sum: state.sum + value, count: state.count + 1 };
      return { state: grown, score: 0, expected, lasting: state.outside > 0 };
    }
    const means = pushed(state.means, state.sum / state.count, span);
    const begun = { ...state, hour: now, sum: value, count: 1, means };
    if (means.length < span) return { state: begun, score: 0, expected };

    const average = meanOf(means);
    const ripe = state.waiting.length >= delay;
    const past = ripe ? widened(state.past, state.waiting[0]!) : state.past;
    // What leaks does so in most hours: one loud hour moves the mean, but not the median.
    const outside = known ? Math.min(exceedance(past, average), exceedance(past, medianOf(means))) : 0;
    const { speaks, next } = milestone(outside, state.next, first);
    return {
      state: { ...begun, waiting: pushed(state.waiting, average, delay), past, next, outside },
      score: speaks ? scoreOf(outside, tolerance, 2) : 0,
      expected,
      lasting: outside > 0,
    };
  },
});

function bandOf({ low, high }: Envelope): Expectation {
  return { value: (low + high) / 2, lower: low, upper: high };
}
