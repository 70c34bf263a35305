/** How fast something may happen: `perSecond` in the long run, `burst` at once. */
export interface AllowanceProps {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket that costs two numbers per connection and no timer. */
export class Allowance {
  readonly #props: AllowanceProps;
  #tokens: number;
  #at: number;

  constructor(props: AllowanceProps, nowMs: number) {
    this.#props = props;
    this.#tokens = props.burst;
    this.#at = nowMs;
  }

  /** Takes one, if there is one. */
  take(nowMs: number): boolean {
    const { perSecond, burst } = this.#props;
    // A clock that was set back gives nothing and takes nothing.
    const earned = (Math.max(0, nowMs - this.#at) / 1_000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + earned);
    this.#at = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
