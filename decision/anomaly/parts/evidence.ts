/** Turns an amount of evidence in [0, ∞) into a score in [0, 1) that is one half at the tolerance. */
export function scoreOf(evidence: number, tolerance: number): number {
  return evidence > 0 ? evidence / (evidence + tolerance) : 0;
}
