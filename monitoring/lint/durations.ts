import type { Catalogue } from '../catalogue';
import { toMilliseconds, type Duration } from '../model/duration';
import { partsOf, seriesIn, type Range } from '../model/query';
import { readExpressionsOf } from './expressions';
import type { Check } from './problem';
import { vocabularyOf } from './vocabulary';

/** A rate needs two samples; four intervals leave room for a scrape that failed and one that came late. */
const samplesInRange = 4;

/** Nothing waits for less than one look, and no range is so short that a failed scrape empties it. */
export const durations: Check = (catalogue) => {
  const problem = (subject: string, message: string) => ({ check: 'durations', subject, message });
  const { evaluationInterval } = catalogue.environment;
  const vocabulary = vocabularyOf(catalogue);
  const intervalOf = slowestScrape(catalogue);
  return [
    ...catalogue.alerts
      .flatMap((group) => group.alerts)
      .filter((alert) => toMilliseconds(alert.for) < toMilliseconds(evaluationInterval))
      .map((alert) =>
        problem(
          `alert ${alert.name}`,
          `waits ${alert.for}, but rules are evaluated every ${evaluationInterval}; wait at least that long`,
        ),
      ),
    ...readExpressionsOf(catalogue).flatMap(({ subject, query }) =>
      [...partsOf(query)]
        .filter((part): part is Range => part.kind === 'range' && !part.subquery)
        .flatMap((range) =>
          seriesIn(range).flatMap((name) => {
            const interval = intervalOf(vocabulary.get(name)?.jobs ?? []);
            const shortest = samplesInRange * toMilliseconds(interval);
            return range.milliseconds >= shortest
              ? []
              : [
                  problem(
                    subject,
                    `looks at ${range.milliseconds / 1_000}s of ${name}, which is measured every ${interval}; look at ${shortest / 1_000}s or more`,
                  ),
                ];
          }),
        ),
    ),
  ];
};

/** How often something is measured: by the slowest of its jobs, or by rules where no job exposes it. */
function slowestScrape({ environment, jobs }: Catalogue): (exposedBy: readonly string[]) => Duration {
  return (exposedBy) =>
    jobs
      .filter(({ name }) => exposedBy.includes(name))
      .map((job): Duration => ('interval' in job ? job.interval : environment.scrapeInterval))
      .reduce(
        (slowest, each) => (toMilliseconds(each) > toMilliseconds(slowest) ? each : slowest),
        exposedBy.length === 0 ? environment.evaluationInterval : '1ms',
      );
}
