import { partsOf, type Operation } from '../model/query';
import { readExpressionsOf } from './expressions';
import type { Check } from './problem';
import { isScalar, resultLabels } from './result-labels';
import { vocabularyOf, type Vocabulary } from './vocabulary';

/**
 * Without `on` or `ignoring` two series meet only when all their labels are equal. Backends per database over
 * connections per server never meet; the quotient is empty, and the alert on it silent for ever.
 */
export const matchingSides: Check = (catalogue) => {
  const vocabulary = vocabularyOf(catalogue);
  return readExpressionsOf(catalogue).flatMap(({ subject, query }) =>
    [...partsOf(query)]
      .filter((part) => part.kind === 'operation')
      .flatMap((operation) => mismatch(operation, vocabulary))
      .map((message) => ({ check: 'matching-sides', subject, message })),
  );
};

function mismatch(operation: Operation, vocabulary: Vocabulary): readonly string[] {
  const { left, right, matching, operator } = operation;
  if (operator === 'or' || matching?.mode === 'on' || isScalar(left) || isScalar(right)) return [];
  const sides = [resultLabels(left, vocabulary), resultLabels(right, vocabulary)] as const;
  if (!sides.every(({ complete }) => complete)) return [];
  const compared = sides.map(({ names }) =>
    [...names].filter((name) => !matching?.labels.includes(name)).sort(),
  );
  const [a = [], b = []] = compared;
  return a.join() === b.join()
    ? []
    : [
        `${operator}: the left side has the labels (${a.join(', ')}), the right side (${b.join(', ')}), and series meet only where all are equal; aggregate both to the same labels or say on (…)`,
      ];
}
