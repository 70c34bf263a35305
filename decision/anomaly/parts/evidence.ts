/** Beyond such odds a score would round to 1, which has none. */
const surest = 1e9;

/**
 * Turns an amount of evidence in [0, ∞) into a score in [0, 1) that is one half at the tolerance.
 *
 * @param steepness how fast doubt fades with evidence: 2 for evidence that is bounded by nature, such as the
 *   part of its range by which a value misses its time of the day
 */
export function scoreOf(evidence: number, tolerance: number, steepness: 1 | 2 = 1): number {
  if (evidence <= 0) return 0;
  const odds = Math.min(surest, (evidence / tolerance) ** steepness);
  return odds / (odds + 1);
}

/** The odds of a score: what `scoreOf` squeezed into [0, 1). */
export function oddsOf(score: number): number {
  return score / (1 - score);
}
