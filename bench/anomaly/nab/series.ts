import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** First and last record of an anomaly window, as indices from 0, both inside. */
export type Window = readonly [first: number, last: number];

/** One series with what is known to be wrong in it. */
export interface LabelledSeries {
  /** `folder/file.csv`. */
  readonly name: string;
  readonly folder: string;
  /** Milliseconds since 1970; the zone-less timestamps of the files are read as UTC. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** In order of time. Empty: nothing is wrong in this series. */
  readonly windows: readonly Window[];
  /** The first this many records are for learning and are not judged. */
  readonly probation: number;
}

/** Where the developer part of NAB lies: `NAB_DATA`, or beside the checkout. */
export function nabFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment.NAB_DATA ?? resolve(__dirname, '../../../../shared/data/nab');
}

export function nabIsPresent(folder = nabFolder()): boolean {
  return existsSync(join(folder, 'windows.json'));
}

/** @throws Error when the data are not there, with the way to name another place. */
export function readNab(folder = nabFolder()): LabelledSeries[] {
  const file = join(folder, 'windows.json');
  if (!existsSync(file)) {
    throw new Error(
      `The NAB series are not at ${folder}; set NAB_DATA to the folder that holds windows.json.`,
    );
  }
  const windows = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, string][]>;
  return Object.keys(windows)
    .sort()
    .map((name) => readSeries(folder, name, windows[name] ?? []));
}

function readSeries(folder: string, name: string, labels: readonly [string, string][]): LabelledSeries {
  const [, ...lines] = readFileSync(join(folder, 'data', name), 'utf8')
    .trim()
    .split(/\r?\n/);
  const stamps = lines.map((line) => line.slice(0, line.indexOf(',')));
  const indexOf = (stamp: string): number => {
    const index = stamps.indexOf(stamp.replace(/\.0+$/, ''));
    if (index < 0) throw new Error(`${name}: window bound ${stamp} is not the timestamp of any record.`);
    return index;
  };
  return {
    name,
    folder: dirname(name),
    times: stamps.map((stamp) => Date.parse(`${stamp.replace(' ', 'T')}Z`)),
    values: lines.map((line) => Number(line.slice(line.indexOf(',') + 1))),
    windows: labels.map(([first, last]) => [indexOf(first), indexOf(last)] as const),
    probation: Math.min(Math.floor(0.15 * lines.length), 750),
  };
}
