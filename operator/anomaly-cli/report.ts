import { explain } from '../../decision/anomaly';
import { onsetsOf, type JudgedSeries } from './judge';
import { nameOf } from './prometheus';

/** What was found in one series, for people. */
export function reportOf(judged: JudgedSeries): string {
  const onsets = onsetsOf(judged);
  const samples = judged.judgements.filter(({ value }) => value !== undefined).length;
  const count = onsets.length === 1 ? '1 anomaly' : `${onsets.length} anomalies`;
  const blocks = onsets.map((onset) => {
    const last = judged.judgements.findLast(({ alarm }) => alarm === onset.alarm) ?? onset;
    const [headline, ...details] = explain(onset);
    const until = last === onset ? [] : [`lasted until ${new Date(last.time).toISOString()}`];
    return [`  ${headline}`, ...[...details, ...until].map((line) => `    ${line}`)].join('\n');
  });
  return [`${nameOf(judged.series.labels)}: ${count} in ${samples} samples`, ...blocks].join('\n');
}

/** The same for programs: one line of JSON. */
export function jsonOf(judged: JudgedSeries): string {
  return JSON.stringify({
    labels: judged.series.labels,
    samples: judged.judgements.length,
    anomalies: onsetsOf(judged).map((onset) => ({ ...onset, explanation: explain(onset) })),
  });
}
