/**
 * The span between the smallest and the largest value met.
 *
 * A record of an exchangeable sequence is a conformal event: the n-th value lies outside of all before it with
 * probability at most 2/n, whatever the distribution. Envelopes therefore fall silent by themselves as a series
 * ages, on every series alike, and how far outside a value lies is counted in widths, which have no unit.
 */
export interface Envelope {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

export const emptyEnvelope: Envelope = { count: 0, low: 0, high: 0 };

/** A constant has no width; this share of its size stands in for it. */
const constantWidth = 1e-3;

export function widthOf({ low, high }: Envelope): number {
  return high > low ? high - low : constantWidth * Math.abs(high);
}

/** How many widths a value lies outside; 0 inside. One where nothing but zero was ever met. */
export function exceedance(envelope: Envelope, value: number): number {
  const outside = Math.max(value - envelope.high, envelope.low - value, 0);
  if (outside === 0) return 0;
  const width = widthOf(envelope);
  return width > 0 ? outside / width : 1;
}

/**
 * Takes a value in, after letting the bounds move together.
 *
 * @param forget share of the width that is given up first, half of it on each side
 */
export function widened(envelope: Envelope, value: number, forget = 0): Envelope {
  if (envelope.count === 0) return { count: 1, low: value, high: value };
  const give = ((envelope.high - envelope.low) * forget) / 2;
  return {
    count: envelope.count + 1,
    low: Math.min(value, envelope.low + give),
    high: Math.max(value, envelope.high - give),
  };
}
