/** Neighbouring buckets differ by this factor, so a quantile is at most 2 % above the truth. */
const growth = 1.02;
const smallestMs = 0.01;

/** Counts latencies in buckets of constant relative width: millions cost a few kilobytes and no sorting. */
export class LatencyHistogram {
  readonly #buckets: number[] = [];
  #count = 0;
  #highest = 0;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    const bucket = ms <= smallestMs ? 0 : Math.ceil(Math.log(ms / smallestMs) / Math.log(growth));
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#highest = Math.max(this.#highest, ms);
  }

  /** The latency in milliseconds that a share of all did not exceed. @throws RangeError when nothing was added */
  quantile(share: number): number {
    if (this.#count === 0) throw new RangeError('no latency was measured');
    let left = Math.max(1, Math.ceil(share * this.#count));
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count ?? 0;
      if (left <= 0) return Math.min(this.#highest, smallestMs * growth ** bucket);
    }
    return this.#highest;
  }
}
