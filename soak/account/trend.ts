/** One measurement; `at` in milliseconds. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

const hour = 3_600_000;

/**
 * By how much something grows in an hour: the median of the slopes between any two measurements of one life (Theil and
 * Sen), which a few odd moments do not bend. What a process had in one life says nothing about the next.
 *
 * @returns nothing when there are no two moments to compare
 */
export function growthPerHour(lives: readonly (readonly Point[])[]): number | undefined {
  const slopes = lives
    .flatMap((points) =>
      points.flatMap((later, index) =>
        points
          .slice(0, index)
          .filter(({ at }) => at < later.at)
          .map(({ at, value }) => (later.value - value) / (later.at - at)),
      ),
    )
    .sort((a, b) => a - b);
  const middle = slopes.length / 2;
  const upper = slopes[Math.floor(middle)];
  const lower = slopes[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? undefined : ((lower + upper) / 2) * hour;
}
