import type { Catalogue, TunedAlert } from '../catalogue';
import { readable } from './expressions';
import type { Check, Problem } from './problem';
import { resultLabels, type Labels } from './result-labels';
import { vocabularyOf, type Vocabulary } from './vocabulary';

/**
 * A cause mutes what follows from it, and only that: on alerts with the same labels, never in a circle, where two
 * alerts would mute each other and nobody would be told.
 */
export const inhibitions: Check = (catalogue) => {
  const vocabulary = vocabularyOf(catalogue);
  const labels = new Map(
    catalogue.alerts
      .flatMap((group) => group.alerts)
      .map((alert): [string, Labels] => [alert.name, labelsSent(alert, catalogue, vocabulary)]),
  );
  const pairs = catalogue.inhibitions.flatMap(({ causes, consequences, equal }) =>
    causes.flatMap((cause) => consequences.map((consequence) => ({ cause, consequence, equal }))),
  );
  return [
    ...pairs.flatMap(({ cause, consequence, equal }) =>
      equal.flatMap((label) => {
        const [a, b] = [has(labels.get(cause), label), has(labels.get(consequence), label)];
        return a === undefined || b === undefined || a === b
          ? []
          : [
              problem(
                cause,
                consequence,
                `only ${a ? cause : consequence} has the label "${label}", so they are never equal in it; drop it from \`equal\``,
              ),
            ];
      }),
    ),
    ...pairs
      .filter(({ cause, consequence }) => reaches(consequence, cause, pairs))
      .map(({ cause, consequence }) =>
        problem(
          cause,
          consequence,
          cause === consequence
            ? 'an alert cannot be its own cause; remove it from one side'
            : 'the consequence also mutes the cause, so that neither is ever told; break the circle',
        ),
      ),
  ];
};

/** An alert carries the labels of its series, its own, its name, and those of its Prometheus. */
function labelsSent(alert: TunedAlert, catalogue: Catalogue, vocabulary: Vocabulary): Labels {
  const query = readable(alert.expr);
  const { names, complete } = query
    ? resultLabels(query, vocabulary)
    : { names: new Set<string>(), complete: false };
  const added = [
    'alertname',
    ...Object.keys(alert.labels),
    ...Object.keys(catalogue.environment.externalLabels),
  ];
  return { names: new Set([...names, ...added]), complete };
}

function has(labels: Labels | undefined, label: string): boolean | undefined {
  if (labels?.names.has(label)) return true;
  return labels?.complete ? false : undefined;
}

interface Pair {
  readonly cause: string;
  readonly consequence: string;
}

/** Whether one alert mutes the other, directly or through others. */
function reaches(from: string, to: string, pairs: readonly Pair[], seen: readonly string[] = []): boolean {
  if (from === to) return true;
  if (seen.includes(from)) return false;
  return pairs
    .filter(({ cause }) => cause === from)
    .some(({ consequence }) => reaches(consequence, to, pairs, [...seen, from]));
}

function problem(cause: string, consequence: string, message: string): Problem {
  return { check: 'inhibitions', subject: `${cause} mutes ${consequence}`, message };
}
