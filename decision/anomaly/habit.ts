import { oddsOf, scoreOf } from './parts/evidence';

/** What one model has said of a series so far. */
export interface Habit {
  /** Events it was heard with. */
  readonly events: number;
  /** Their odds together, each counted up to `loudest`. */
  readonly odds: number;
}

/** Odds from which on a surprise counts as an event. */
const heard = 0.3;

/** No event counts for more, or one catastrophe would excuse everything after it. */
const loudest = 5;

/** How much less is believed for every earlier event that was as loud. */
const doubt = 4;

/**
 * A score in the light of what the model said of the series before.
 *
 * Envelopes fall silent on exchangeable series only. On one that drifts, bursts or has a heavy tail a model keeps
 * finding something, and what was said ten times says little the eleventh time, unless it is much louder. An earlier
 * event counts by how loud it was beside this one. A model that never spoke of the series is believed at once.
 */
export function tempered(score: number, habit: Habit | undefined): number {
  if (!habit || score === 0) return score;
  const odds = oddsOf(score);
  return scoreOf(odds / (1 + doubt * Math.min(habit.events, habit.odds / odds)), 1);
}

/** @param score what the model found, before it was tempered */
export function habitAfter(habit: Habit | undefined, score: number): Habit {
  const { events, odds } = habit ?? { events: 0, odds: 0 };
  return { events: events + 1, odds: odds + Math.min(loudest, oddsOf(score)) };
}

/** Whether a surprise, beyond what is left of the one before, is an event. */
export function isEvent(odds: number): boolean {
  return odds >= heard;
}
