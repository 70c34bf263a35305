import type { Profile } from './profile';
import type { LabelledSeries, Window } from './series';

/** The part of a labelled series that the score looks at. */
export type Judged = Pick<LabelledSeries, 'windows' | 'probation'> & { readonly length: number };

/** What every weight of the score rests on: near +1 at -1, 0 at 0, near -1 at 1, and -1 from 3 on. */
export function sigmoid(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}

/** Share of `caught` that an alarm inside a window earns: 1 on its first record, a bit above 0 on its last. */
export function earlinessOf(record: number, [first, last]: Window): number {
  return sigmoid(-(last - record + 1) / (last - first + 1)) / sigmoid(-1);
}

/** Share of `falseAlarm` that an alarm outside costs, by the window before it, if there is one. */
export function falsenessOf(record: number, before: Window | undefined): number {
  if (!before) return 1;
  const [first, last] = before;
  return -sigmoid((record - last) / (last - first));
}

/** Where a record stands to the windows of its series. */
export type Place =
  | { readonly kind: 'probation' }
  | { readonly kind: 'inside'; readonly window: number; readonly earliness: number }
  | { readonly kind: 'outside'; readonly falseness: number };

/** The place of every record, in order. */
export function placesOf(series: Judged): Place[] {
  const places: Place[] = [];
  let next = 0;
  for (let record = 0; record < series.length; record++) {
    while (next < series.windows.length && record > series.windows[next]![1]) next++;
    const window = series.windows[next];
    if (record < series.probation) places.push({ kind: 'probation' });
    else if (window && record >= window[0]) {
      places.push({ kind: 'inside', window: next, earliness: earlinessOf(record, window) });
    } else places.push({ kind: 'outside', falseness: falsenessOf(record, series.windows[next - 1]) });
  }
  return places;
}

/** Raw score of one series for alarms at the given records (indices from 0, in any order). */
export function rawScore(series: Judged, alarms: Iterable<number>, profile: Profile): number {
  const places = placesOf(series);
  const best = series.windows.map(() => 0);
  let paid = 0;
  for (const record of new Set(alarms)) {
    const place = places[record];
    if (!place) throw new RangeError(`Alarm at record ${record} of a series of ${series.length} records.`);
    if (place.kind === 'inside') best[place.window] = Math.max(best[place.window]!, place.earliness);
    if (place.kind === 'outside') paid += place.falseness * profile.falseAlarm;
  }
  const earned = best.reduce((sum, share) => sum + (share > 0 ? profile.caught * share : -profile.missed), 0);
  return earned - paid;
}

/** 0 for never alarming, 100 for flagging just the first record of every window. NaN where there is no window. */
export function finalScore(raw: number, windows: number, profile: Profile): number {
  return (100 * (raw + profile.missed * windows)) / ((profile.caught + profile.missed) * windows);
}
