import type { Note } from './intake';
import type { Expectation } from './sample';

/** One model that finds the sample unusual. */
export interface Voice {
  readonly model: string;
  /** In [0, 1). */
  readonly score: number;
  readonly expected: Expectation | undefined;
}

/**
 * - `usual`: nothing to tell.
 * - `onset`: an anomaly starts here; tell people.
 * - `ongoing`: the anomaly that was told of is still there.
 */
export type Verdict = 'usual' | 'onset' | 'ongoing';

/** All that is known of one sample, and why. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Milliseconds. */
  readonly time: number;
  /** What was judged: the value, or the rate per second of a counter. Undefined where there was none. */
  readonly value: number | undefined;
  /** In [0, 1], and of one meaning over all series: how far beyond its own past this sample lies. */
  readonly score: number;
  /** The score from which on what the loudest model says is an alarm; higher while the last one is fresh. */
  readonly bar: number;
  /** Models that find the sample unusual, the loudest first. */
  readonly voices: readonly Voice[];
  /** The band of the loudest voice; while none speaks, of the narrowest model. */
  readonly expected: Expectation | undefined;
  /** Number by which an alarm is labelled; of the onset also while it is ongoing. */
  readonly alarm: number | undefined;
  /** When the anomaly began, milliseconds. */
  readonly since: number | undefined;
  /** The past that the sample is unusual against. */
  readonly history: { readonly records: number; readonly days: number };
  readonly notes: readonly Note[];
}
