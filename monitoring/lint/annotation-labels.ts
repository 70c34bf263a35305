import { readable } from './expressions';
import type { Check } from './problem';
import { resultLabels } from './result-labels';
import { vocabularyOf } from './vocabulary';

/** A text that names a label which the expression has aggregated away shows people a hole where the name should be. */
export const annotationLabels: Check = (catalogue) => {
  const vocabulary = vocabularyOf(catalogue);
  return catalogue.alerts
    .flatMap((group) => group.alerts)
    .flatMap((alert) => {
      const query = readable(alert.expr);
      const labels = query && resultLabels(query, vocabulary);
      if (!labels?.complete) return [];
      const texts = Object.entries({ summary: alert.summary, description: alert.description }).flatMap(
        ([field, { zh, en }]) => [
          { where: `${field}.zh`, text: zh },
          { where: `${field}.en`, text: en },
        ],
      );
      return texts.flatMap(({ where, text }) =>
        labelsNamedIn(text)
          .filter((label) => !labels.names.has(label))
          .map((label) => ({
            check: 'annotation-labels',
            subject: `alert ${alert.name}`,
            message: `${where} names {{ $labels.${label} }}, which its expression never has; it has ${[...labels.names].sort().join(', ') || 'none'}`,
          })),
      );
    });
};

function labelsNamedIn(template: string): readonly string[] {
  const named = template.matchAll(/(?:\$labels|\.Labels)\.(\w+)|index\s+(?:\$labels|\.Labels)\s+"(\w+)"/g);
  return [...new Set([...named].map(([, dotted, indexed]) => dotted ?? indexed ?? ''))];
}
