const day = 86_400_000;

/** How long a model remembers. It forgets over so many records or so many days, whichever takes longer. */
export interface Memory {
  readonly records: number;
  readonly days: number;
}

/**
 * Share to be forgotten at one record.
 *
 * Counting records alone, a series scraped every 15 s would forget its day during its night; counting days alone,
 * an hourly series would judge by a few hundred records.
 */
export function forgottenAt(elapsed: number, { records, days }: Memory): number {
  return Math.min(1 / records, elapsed / (days * day));
}
