import type { FaultName } from '../../local/faults';
import type { Noticing } from './smallest';

/** A gauge is over its threshold, or a target gone, in the first scrape after the fault. */
const atOnce: Noticing = { shareOfRange: 0, plus: 0 };

/**
 * Faults that an average over some range has to fill up with. The rest are seen at once.
 *
 * A share is the threshold divided by what the fault adds: at 50 % failures, 10 % of a range of requests has
 * failed when a fifth of the range is over.
 */
const gradual: Readonly<Partial<Record<FaultName, Noticing>>> = {
  errors: { shareOfRange: 0.1 / 0.5, plus: 0 },
  // The slowest 5 % decide a 95th percentile, and a request is counted when its answer has left.
  slow: { shareOfRange: 0.05, plus: 4_000 },
  // From idle to busy throughout; on a machine that does other things as well it takes less.
  cpu: { shareOfRange: 0.8, plus: 0 },
};

export function noticing(fault: FaultName): Noticing {
  return gradual[fault] ?? atOnce;
}
