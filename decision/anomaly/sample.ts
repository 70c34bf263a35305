/** One record of a series as it arrives. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** NaN (Prometheus' stale marker too) says that the series had no value at this time. */
  readonly value: number;
}

/** What a model takes to be normal for the sample it was just shown. */
export interface Expectation {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}
