import { alerts } from '../metrics/alerts';
import { promql, series } from '../model/promql';

/**
 * Selects where an alert has fired within a day. What is wrong because it was otherwise a day ago is taken for right
 * when that day is over; with this beside it, an alert stays for as long as what it is about.
 */
export function alreadyFiring(alertname: string): string {
  return promql`last_over_time(${series(alerts, { alertname, alertstate: 'firing' })}[1d])`;
}
