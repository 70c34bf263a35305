import { engine, scoresOf } from '../detector';
import { randomFrom } from '../faults/random';
import { families, type Family } from './family';
import { injections, type Injection } from './injection';

export interface FamilyTrial {
  readonly family: Family;
  /** By kind of anomaly: series in which it was flagged within a twentieth of their length. */
  readonly found: readonly { readonly injection: Injection; readonly count: number }[];
  readonly series: number;
  /** Flagged records that are not anomalous, after probation, per thousand healthy records. */
  readonly falseAlarms: number;
}

const monday = Date.UTC(2026, 0, 5);

/** Injects every anomaly into every family and flags the records whose score reaches the threshold. */
export function familyTrials(threshold: number, series: number): readonly FamilyTrial[] {
  const detector = engine('this engine');
  return families.map((family) => {
    const { records, step } = family;
    let healthy = 0;
    let falseAlarms = 0;
    const found = injections.map((injection) => {
      let count = 0;
      for (let seed = 1; seed <= series; seed++) {
        const { values, onset } = spoilt(family, injection, seed);
        const times = values.map((_, record) => monday + record * step);
        const scores = scoresOf(detector, { times, values });
        const probation = Math.min(Math.floor(0.15 * records), 750);
        healthy += onset - probation;
        falseAlarms += scores.slice(probation, onset).filter((score) => score >= threshold).length;
        const window = scores.slice(onset, onset + Math.ceil(records / 20));
        if (window.some((score) => score >= threshold)) count++;
      }
      return { injection, count };
    });
    return { family, found, series, falseAlarms: (falseAlarms / healthy) * 1000 };
  });
}

/** A series with one anomaly, somewhere in its second half. */
function spoilt(family: Family, injection: Injection, seed: number) {
  const { records, step } = family;
  const next = family.start(randomFrom(seed * 7));
  const healthy = Array.from({ length: records }, (_, record) => next(record));
  const mean = healthy.reduce((sum, value) => sum + value, 0) / records;
  const variance = healthy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / records;
  const spread = { deviation: Math.sqrt(variance), recordsPerDay: 86_400_000 / step };
  const onset = Math.floor(records * (0.55 + 0.05 * (seed % 8)));
  const random = randomFrom(seed + 99);
  const values = healthy.map((value, record) =>
    record < onset ? value : (injection.apply(value, record - onset, spread, random) ?? value),
  );
  return { values, onset };
}
