import { z } from 'zod';
import { milestone } from './milestones';
import { noRuns, ran, surpriseOf, type Runs } from './runs';

/** Settings of a model that hears something happen to a series too often in a row. */
export const repetitionParameters = z.object({
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

export type RepetitionParameters = z.infer<typeof repetitionParameters>;

export interface Repetition {
  readonly runs: Runs;
  /** Orders of magnitude at which to speak next. */
  readonly next: number;
}

export function noRepetition({ first }: RepetitionParameters): Repetition {
  return { runs: noRuns, next: first };
}

/** Orders of magnitude beyond what is let pass, and whether that is to be told now. */
export function repeated(
  { runs: before, next: due }: Repetition,
  happens: boolean,
  { dependence, first }: RepetitionParameters,
): { readonly repetition: Repetition; readonly surprise: number; readonly speaks: boolean } {
  const runs = ran(before, happens);
  const surprise = surpriseOf(before, runs, dependence);
  const { speaks, next } = milestone(surprise, due, first);
  return { repetition: { runs, next }, surprise, speaks };
}
