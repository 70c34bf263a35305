import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** A Grafana dashboard and the file name it is delivered under. */
export interface Board {
  /** Stable identity: the `uid` in Grafana, and the file name without `.json`. */
  readonly uid: string;
  /** The jobs that its variable offers; none where it has no such variable. */
  readonly jobs: readonly string[];
  /** Plain data: what Grafana reads, with nothing in it that JSON could not say. */
  readonly dashboard: Dashboard;
}
