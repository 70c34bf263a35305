import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** A Grafana dashboard and the file name it is delivered under. */
export interface Board {
  /** Stable identity: the `uid` in Grafana, and the file name without `.json`. */
  readonly uid: string;
  /** Plain data: what Grafana reads, with nothing in it that JSON could not say. */
  readonly dashboard: Dashboard;
}
