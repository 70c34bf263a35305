import type { Profile } from './profile';
import { finalScore, placesOf, rawScore } from './score';
import type { LabelledSeries } from './series';

/** A labelled series with the score that a detector gave to each of its records. */
export interface ScoredSeries {
  readonly series: LabelledSeries;
  readonly scores: ArrayLike<number>;
}

export interface Threshold {
  /** Alarm where score >= value; Infinity alarms nowhere. */
  readonly value: number;
  readonly raw: number;
}

/**
 * The threshold with the highest raw score over all the series together.
 *
 * Lowers the bar record by record, so that trying every distinct score costs one sort.
 */
export function bestThreshold(scored: readonly ScoredSeries[], profile: Profile): Threshold {
  const records = scored.flatMap(({ series, scores }) => {
    const best = series.windows.map(() => 0);
    return placesOf({ ...series, length: series.values.length }).flatMap((place, record) =>
      place.kind === 'probation' ? [] : [{ score: scores[record]!, place, best }],
    );
  });
  records.sort((a, b) => b.score - a.score);
  let raw = -profile.missed * scored.reduce((sum, { series }) => sum + series.windows.length, 0);
  let chosen: Threshold = { value: Infinity, raw };
  records.forEach(({ score, place, best }, index) => {
    if (place.kind === 'outside') raw -= place.falseness * profile.falseAlarm;
    else if (place.kind === 'inside' && place.earliness > best[place.window]!) {
      const before = best[place.window]!;
      raw += profile.caught * (place.earliness - before) + (before === 0 ? profile.missed : 0);
      best[place.window] = place.earliness;
    }
    const lastOfItsScore = records[index + 1]?.score !== score;
    if (lastOfItsScore && raw > chosen.raw + 1e-9) chosen = { value: score, raw };
  });
  return chosen;
}

/** Raw score of a set of series at a given threshold. */
export function rawAt(scored: readonly ScoredSeries[], threshold: number, profile: Profile): number {
  return scored.reduce((sum, one) => sum + rawScore(judgedOf(one), alarmsOf(one, threshold), profile), 0);
}

/** Final score of a set of series at a given threshold. */
export function finalAt(scored: readonly ScoredSeries[], threshold: number, profile: Profile): number {
  return finalScore(rawAt(scored, threshold, profile), windowsIn(scored), profile);
}

export interface LeftOut {
  readonly folder: string;
  /** The threshold that the other folders choose. */
  readonly threshold: number;
  /** What this folder scores with it. */
  readonly raw: number;
  /** NaN for a folder without windows. */
  readonly final: number;
}

/** Each folder judged with the threshold found on all others: what to expect on series never seen. */
export function leaveOneFolderOut(
  scored: readonly ScoredSeries[],
  profile: Profile,
): { readonly final: number; readonly folders: readonly LeftOut[] } {
  const folders = [...new Set(scored.map(({ series }) => series.folder))].map((folder) => {
    const own = scored.filter(({ series }) => series.folder === folder);
    const others = scored.filter(({ series }) => series.folder !== folder);
    const threshold = bestThreshold(others, profile).value;
    const raw = rawAt(own, threshold, profile);
    return { folder, threshold, raw, final: finalScore(raw, windowsIn(own), profile) };
  });
  const raw = folders.reduce((sum, folder) => sum + folder.raw, 0);
  return { final: finalScore(raw, windowsIn(scored), profile), folders };
}

export function windowsIn(scored: readonly ScoredSeries[]): number {
  return scored.reduce((sum, { series }) => sum + series.windows.length, 0);
}

function judgedOf({ series }: ScoredSeries) {
  return { windows: series.windows, probation: series.probation, length: series.values.length };
}

export function alarmsOf({ scores }: ScoredSeries, threshold: number): number[] {
  return Array.from({ length: scores.length }, (_, record) => record).filter(
    (record) => scores[record]! >= threshold,
  );
}
