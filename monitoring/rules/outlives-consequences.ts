import type { Duration } from '../model/duration';

/**
 * How long the alert of a cause stays after its end. What hangs on it needs a minute to recover, its windows of a
 * minute to forget, and what stands between the two another minute: an alert that mutes others must not end before
 * they do, or its own all-clear would be followed by their pages.
 */
export const outlivesConsequences: Duration = '3m';

/**
 * The same for an alert that has a cause above it and a consequence below: it stays for the minute that its
 * consequence remembers, and its cause outlives the two minutes that it stands itself, and the moment before them.
 */
export const outlivesTheLastMinute: Duration = '1m';

/**
 * And for one between an alert that has a cause, and that cause: it stays for the minute that its consequence remembers
 * and the minute that the alert of that stays, and ends before the alert of its own cause does.
 */
export const outlivesMuted: Duration = '2m';
