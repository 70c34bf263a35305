import type { Duration } from '../model/duration';

/**
 * How long the alert of a cause stays after its end. What hangs on it needs a moment to recover, and its windows
 * of a minute to forget: an alert that mutes others must not end before they do, or its own all-clear would be
 * followed by their pages.
 */
export const outlivesConsequences: Duration = '2m';
