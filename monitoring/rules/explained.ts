import { alerts } from '../metrics/alerts';
import type { Duration } from '../model/duration';
import { promql, series } from '../model/promql';

/**
 * Selects the alerts that explain another, while they fire and for as long after as that one remembers. What they
 * explain is muted only while they fire: a window that reaches back into their time would otherwise be told of when
 * they are over. A test holds what is named here against the dependency map.
 */
export function explainedWithin(range: Duration, causes: readonly [string, ...string[]]): string {
  const alertname = new RegExp(causes.join('|'));
  return promql`last_over_time(${series(alerts, { alertname, alertstate: 'firing' })}[${range}])`;
}
