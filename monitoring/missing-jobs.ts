import type { Environment } from './environment';
import { jobs } from './jobs';
import { seriesNames } from './model/metric';
import { parseQuery, partsOf } from './model/query';

/**
 * Tells which expressions cannot have a result in an environment because a job they read is left out of it. A rule
 * that can never fire is worse than none: somebody relies on it.
 *
 * @param recordings - every recording; those that read a left-out job take what is built on them along
 */
export function readsMissingJob(
  { targets }: Pick<Environment, 'targets'>,
  recordings: readonly { readonly name: string; readonly expr: string }[],
): (expr: string) => boolean {
  const present = jobs.filter((job) => targets[job.name] !== false);
  const absent = jobs.filter((job) => targets[job.name] === false);
  const names = (list: typeof present) => list.flatMap((job) => job.metrics.flatMap(seriesNames));
  const missing = new Set(names(absent).filter((name) => !names(present).includes(name)));
  const reads = (expr: string) =>
    [...partsOf(parseQuery(expr))].some(
      (part) =>
        part.kind === 'selector' &&
        ((part.metric !== undefined && missing.has(part.metric)) ||
          part.matchers.some(
            ({ label, op, value }) =>
              label === 'job' && op === '=' && absent.some((job) => job.name === value),
          )),
    );
  for (let before = -1; absent.length > 0 && before !== missing.size;) {
    before = missing.size;
    for (const { name, expr } of recordings) if (reads(expr)) missing.add(name);
  }
  return absent.length === 0 ? () => false : reads;
}
