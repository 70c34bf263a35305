export interface BackoffProps {
  /** The longest first pause. */
  readonly firstMs: number;
  /** The longest pause of all. */
  readonly longestMs: number;
}

/**
 * How long to wait before the attempt after `failures` failed ones: twice as long each time, and never the same for
 * two clients, so that those who were cut off together do not come back together.
 *
 * @param chance - a number from 0 to 1
 */
export function backoffMs({ firstMs, longestMs }: BackoffProps, failures: number, chance: number): number {
  const longest = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30));
  return Math.round(longest * (0.5 + chance / 2));
}
