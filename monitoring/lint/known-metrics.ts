import { partsOf, seriesIn } from '../model/query';
import { readExpressionsOf } from './expressions';
import type { Check } from './problem';
import { vocabularyOf } from './vocabulary';

/** A query about a series that nobody exposes is no error to Prometheus: it is an alert that never fires. */
export const knownMetrics: Check = (catalogue) => {
  const vocabulary = vocabularyOf(catalogue);
  const problem = (subject: string, message: string) => ({ check: 'known-metrics', subject, message });
  return readExpressionsOf(catalogue).flatMap(({ subject, query }) => [
    ...seriesIn(query)
      .filter((name) => !vocabulary.has(name))
      .map((name) =>
        problem(
          subject,
          `nothing that is scraped exposes ${name}; mend the name, list the metric in monitoring/metrics, or scrape the job that has it`,
        ),
      ),
    ...[...partsOf(query)]
      .filter((part) => part.kind === 'selector' && part.metric === undefined)
      .map(() =>
        problem(
          subject,
          'a selector without a name reads whatever there is; select the metric that is meant',
        ),
      ),
  ]);
};
