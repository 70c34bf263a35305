import type { Sample } from './sample';

/** Something about a sample that is no anomaly, and that whoever reads the judgement should know. */
export type Note =
  'no value' | 'infinite' | 'out of range' | 'time went back' | 'counter restarted' | 'first of a counter';

/** Nothing that is measured is larger; the squares of larger values would not be numbers. */
const largest = 1e150;

export interface Intake {
  /** Milliseconds; the latest so far. */
  readonly time: number;
  readonly count: number;
  /** Time of the first sample, milliseconds. */
  readonly since: number;
  /** Last value of a counter. */
  readonly total: number;
  /** When that was; 0 before the first. */
  readonly totalTime: number;
}

export const emptyIntake: Intake = { time: 0, count: 0, since: 0, total: 0, totalTime: 0 };

export interface Taken {
  readonly intake: Intake;
  /** What is to be judged; undefined where there is no value. */
  readonly sample: Sample | undefined;
  readonly time: number;
  readonly notes: readonly Note[];
}

/**
 * Turns what arrives into what can be judged.
 *
 * Time never goes back: a record that claims so is judged as if it came with the latest one. NaN and infinite
 * values are not measurements; they are judged as silence. Values beyond ±1e150 are judged as that. A counter becomes its rate per second; when it
 * falls it was restarted, and what it shows has been counted since (as Prometheus' own `rate` has it).
 */
export function takeIn(before: Intake, { time: claimed, value }: Sample, kind: 'gauge' | 'counter'): Taken {
  const first = before.count === 0;
  const back = !first && claimed < before.time;
  const time = back ? before.time : claimed;
  const notes: Note[] = back ? ['time went back'] : [];
  const intake = { ...before, time, count: before.count + 1, since: first ? time : before.since };
  if (!Number.isFinite(value)) {
    notes.push(Number.isNaN(value) ? 'no value' : 'infinite');
    return { intake, sample: undefined, time, notes };
  }
  // JSON knows no negative zero, and a restored run must go on to the last bit.
  const clean = Math.min(largest, Math.max(-largest, value)) + 0;
  if (clean !== value) notes.push('out of range');
  if (kind === 'gauge') return { intake, sample: { time, value: clean }, time, notes };

  const counted = { ...intake, total: clean, totalTime: time };
  if (before.totalTime === 0) {
    return { intake: counted, sample: undefined, time, notes: [...notes, 'first of a counter'] };
  }
  const seconds = (time - before.totalTime) / 1000;
  if (seconds <= 0) return { intake, sample: undefined, time, notes };
  const restarted = clean < before.total;
  if (restarted) notes.push('counter restarted');
  const grown = restarted ? clean : clean - before.total;
  return { intake: counted, sample: { time, value: grown / seconds }, time, notes };
}
