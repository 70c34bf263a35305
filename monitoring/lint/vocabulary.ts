import { allRecordings, type Catalogue } from '../catalogue';
import { alertMetrics } from '../metrics/alerts';
import { processMetrics } from '../metrics/process';
import { targetMetrics } from '../metrics/target';
import { seriesNames, type Metric } from '../model/metric';
import { seriesIn, type Query } from '../model/query';
import type { Recording } from '../model/rule';
import { readable } from './expressions';
import { resultLabels, type Labels } from './result-labels';

/** What is known of the series of one name. */
export interface Known {
  /** The labels they can have. */
  readonly labels: Labels;
  /** The jobs that expose them; none for what Prometheus makes itself. */
  readonly jobs: readonly string[];
}

/** Every series that can exist in an environment, by name. */
export type Vocabulary = ReadonlyMap<string, Known>;

/** Labels that every scraped series has; the last where discovery knows the machine of a target. */
const targetLabels = ['job', 'instance', 'node'] as const;

const remembered = new WeakMap<Catalogue, Vocabulary>();

/** The series that the present jobs expose, that Prometheus adds, and that recordings make of them. */
export function vocabularyOf(catalogue: Catalogue): Vocabulary {
  const vocabulary = remembered.get(catalogue) ?? read(catalogue);
  remembered.set(catalogue, vocabulary);
  return vocabulary;
}

function read(catalogue: Catalogue): Vocabulary {
  const vocabulary = new Map<string, Known>();
  const jobs = catalogue.jobs.map((job) => job.name);
  for (const metric of [...targetMetrics, ...processMetrics]) add(vocabulary, metric, jobs);
  for (const job of catalogue.jobs) {
    for (const metric of job.metrics) add(vocabulary, metric, [job.name]);
  }
  for (const metric of alertMetrics) {
    // An alert has the labels of its expression besides these.
    vocabulary.set(metric.name, { labels: { names: new Set(metric.labels), complete: false }, jobs: [] });
  }
  addRecordings(vocabulary, allRecordings(catalogue.recordings));
  return vocabulary;
}

function add(vocabulary: Map<string, Known>, metric: Metric, jobs: readonly string[]): void {
  for (const name of seriesNames(metric)) {
    const names = new Set<string>([...metric.labels, ...(metric.newerLabels ?? []), ...targetLabels]);
    if (name === `${metric.name}_bucket`) names.add('le');
    vocabulary.set(name, {
      // What an info metric has to say differs from release to release; only the labels in use are listed.
      labels: { names, complete: metric.kind !== 'info' },
      jobs: [...(vocabulary.get(name)?.jobs ?? []), ...jobs],
    });
  }
}

/** Recordings build on recordings: each is added after those that it reads. */
function addRecordings(vocabulary: Map<string, Known>, recordings: readonly Recording[]): void {
  const waiting = Map.groupBy(recordings, ({ name }) => name);
  const settle = (name: string): void => {
    const same = waiting.get(name) ?? [];
    waiting.delete(name); // before its parts are settled, so that a recording of itself ends
    const read = same.flatMap(({ expr, staticLabels = {} }): [Query, string[]][] => {
      const query = readable(expr);
      return query ? [[query, Object.keys(staticLabels)]] : [];
    });
    for (const needed of read.flatMap(([query]) => seriesIn(query))) if (waiting.has(needed)) settle(needed);
    const results = read.map(([query, given]) => {
      const { names, complete } = resultLabels(query, vocabulary);
      return { names: [...names, ...given], complete };
    });
    vocabulary.set(name, {
      labels: {
        names: new Set(results.flatMap(({ names }) => names)),
        complete: results.length === same.length && results.every(({ complete }) => complete),
      },
      jobs: [],
    });
  };
  for (const { name } of recordings) if (waiting.has(name)) settle(name);
}
