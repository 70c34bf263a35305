import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { models, type PolicyInput } from '../../decision/anomaly';
import { baselines } from './baselines';
import { costOf, largestState } from './cost';
import { alone, engine, scoresOf, type Detector } from './detector';
import { faultTrials, healthyTrials, intervalSeconds } from './faults/trial';
import { profiles } from './nab/profile';
import { finalScore } from './nab/score';
import { readNab } from './nab/series';
import { bestThreshold, leaveOneFolderOut, rawAt, windowsIn, type ScoredSeries } from './nab/threshold';
import { table } from './table';

const target = resolve(__dirname, '../../docs/benchmarks/anomaly.md');
const series = readNab();
const folders = [...new Set(series.map(({ folder }) => folder))];
const note = (text: string) => process.stderr.write(`${text}\n`);
const fixed = (value: number, digits = 1) => (Number.isNaN(value) ? '' : value.toFixed(digits));

function scored(detector: Detector): ScoredSeries[] {
  note(`NAB: ${detector.name}`);
  return series.map((one) => ({ series: one, scores: scoresOf(detector, one) }));
}

function without(name: string): PolicyInput {
  return { models: { [name]: false } };
}

function finals(one: readonly ScoredSeries[]): string[] {
  return profiles.map((profile) =>
    fixed(finalScore(bestThreshold(one, profile).raw, windowsIn(one), profile)),
  );
}

function leftOut(one: readonly ScoredSeries[]): string[] {
  return profiles.map((profile) => fixed(leaveOneFolderOut(one, profile).final));
}

/** NAB: the engine beside the baselines, plain and with each folder left out. */
function comparison(ours: readonly ScoredSeries[]): string {
  const rows = [
    ['**this engine**', ...finals(ours), ...leftOut(ours)],
    ...baselines.map((model) => {
      const one = scored(alone(model));
      return [model.name, ...finals(one), ...leftOut(one)];
    }),
  ];
  const left = profiles.map(({ name }) => `${name}, left out`);
  return table(['detector', ...profiles.map(({ name }) => name), ...left], rows);
}

/** The engine folder by folder. A folder without windows has no score; its false alarms have a price. */
function perFolder(ours: readonly ScoredSeries[]): string {
  const rows = folders.map((folder) => {
    const own = ours.filter((one) => one.series.folder === folder);
    const cells = profiles.flatMap((profile) => {
      const raw = rawAt(own, bestThreshold(ours, profile).value, profile);
      const alone = leaveOneFolderOut(ours, profile).folders.find((one) => one.folder === folder)!;
      return windowsIn(own) === 0
        ? [`raw ${fixed(raw, 2)}`, `raw ${fixed(alone.raw, 2)}`]
        : [fixed(finalScore(raw, windowsIn(own), profile)), fixed(alone.final)];
    });
    return [folder, windowsIn(own), ...cells];
  });
  const heads = profiles.flatMap(({ name }) => [name, 'left out']);
  return table(['folder', 'windows', ...heads], rows);
}

const seeds = [1, 2, 3, 4];

function percentFound(trials: ReturnType<typeof faultTrials>): string {
  const found = trials.reduce((sum, { delays }) => sum + delays.length, 0);
  const injected = trials.reduce((sum, trial) => sum + trial.injected, 0);
  return `${found} of ${injected}`;
}

/** What each model earns: NAB and faults without it. */
function ablation(ours: readonly ScoredSeries[]): string {
  const few = [1];
  const rows = [
    ['all models', ...finals(ours), percentFound(faultTrials(few))],
    ...models.map(({ name }) => {
      const one = name === 'missing' ? ours : scored(engine(`without ${name}`, without(name)));
      note(`faults: without ${name}`);
      return [`without ${name}`, ...finals(one), percentFound(faultTrials(few, without(name)))];
    }),
  ];
  return table(['models', ...profiles.map(({ name }) => name), 'faults found'], rows);
}

function faultTable(): string {
  note('faults: all models');
  const rows = faultTrials(seeds).map(({ fault, injected, delays }) => [
    fault.silence ? `${fault.name} (silence)` : fault.name,
    injected,
    delays.length,
    delays[delays.length >> 1] ?? '',
    delays.at(-1) ?? '',
  ]);
  return table(['fault', 'injected', 'found', 'median intervals to alarm', 'longest'], rows);
}

function healthyTable(): string {
  const settings = [
    ['one a month (default)', 1 / 30],
    ['one a week', 1 / 7],
    ['one a day', 1],
  ] as const;
  const trials = settings.map(([, rate]) => {
    note(`healthy series at ${rate.toFixed(3)} a day`);
    return healthyTrials(seeds, 45, { falseAlarmsPerDay: rate });
  });
  const monthly = (alarms: number, days: number) => fixed((alarms / days) * 30, 2);
  const rows = trials[0]!.map(({ shape }, index) => [
    shape.name,
    ...trials.map((trial) => monthly(trial[index]!.alarms, trial[index]!.seriesDays)),
  ]);
  return table(['shape', ...settings.map(([name]) => `asked for ${name}`)], rows);
}

function costTable(): string {
  const rows = [100, 1000, 10_000, 100_000].map((count) => {
    note(`cost of ${count} series`);
    const cost = costOf(count);
    return [
      count.toLocaleString('en'),
      fixed(cost.median),
      fixed(cost.p99),
      fixed(cost.round, 3),
      fixed(cost.memory / 1024),
      fixed((cost.memory * count) / 2 ** 20, 0),
      fixed(cost.startUp, 2),
    ];
  });
  return table(
    [
      'series',
      'median µs a sample',
      '99th percentile µs',
      's for one sample of each',
      'KiB a series',
      'MiB in all',
      's to restore',
    ],
    rows,
  );
}

const ours = scored(engine('this engine'));
const thresholds = profiles.map(
  (profile) => `${profile.name} ${bestThreshold(ours, profile).value.toFixed(6)}`,
);
const sections = [
  '# Anomaly detection: figures',
  '',
  '<!-- Generated by `npm run bench:anomaly` (bench/anomaly/main.ts). Do not edit. -->',
  '',
  `Generated by \`npm run bench:anomaly\` on ${cpus()[0]?.model ?? 'an unknown processor'} ` +
    `(${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB), Node ${process.version}. ` +
    'Scores do not depend on the machine; times do, and on what else it was doing.',
  '',
  '## Numenta Anomaly Benchmark, developer part',
  '',
  `${series.length} series, ${series.reduce((sum, { values }) => sum + values.length, 0)} records, ` +
    `${windowsIn(ours)} windows. Every detector starts from an empty state and knows nothing beforehand. "Left out": ` +
    'each folder is judged with the threshold found on all others. The score itself is held to its published ' +
    'check values by test/bench/anomaly/nab/score.test.ts.',
  '',
  comparison(ours),
  '',
  `Thresholds of this engine: ${thresholds.join(', ')}.`,
  '',
  '### This engine, folder by folder',
  '',
  perFolder(ours),
  '',
  '## What each model earns',
  '',
  'NAB scores, and faults found in one series of every shape, without one model at a time. NAB has few silences, ' +
    'no group of weeks and no slow leak: models for those earn their place in the last column.',
  '',
  ablation(ours),
  '',
  '## Generated operations faults',
  '',
  `Every fault in every shape of load that it changes, ${seeds.length} seeds each, injected in the third week at ` +
    `another time of the day; one sample every ${intervalSeconds / 60} minutes. A count that rests at zero or at ` +
    'one value by nature is not given those two faults: there is nothing to see.',
  '',
  faultTable(),
  '',
  '## False alarms on healthy series',
  '',
  `Alarms per series and month, over ${seeds.length} series of 45 days of each shape, from an empty state on.`,
  '',
  healthyTable(),
  '',
  '## Cost',
  '',
  `Series restored from saved states of three weeks, then judged on one core. Largest saved state: ${(
    largestState() / 1024
  ).toFixed(1)} KiB.`,
  '',
  costTable(),
  '',
];
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, sections.join('\n'));
note(`wrote ${target}`);
