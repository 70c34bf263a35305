import { partsOf, type Query } from '../model/query';
import { readExpressionsOf } from './expressions';
import type { Check } from './problem';
import { resultLabels, type Labels } from './result-labels';
import { vocabularyOf, type Vocabulary } from './vocabulary';

/**
 * A matcher on a label that a metric does not have selects nothing (or, negated, everything), and grouping by one
 * groups nothing; Prometheus objects to neither.
 */
export const knownLabels: Check = (catalogue) => {
  const vocabulary = vocabularyOf(catalogue);
  return readExpressionsOf(catalogue).flatMap(({ subject, query }) =>
    [...partsOf(query)]
      .flatMap((part) => unknownIn(part, vocabulary))
      .map((message) => ({ check: 'known-labels', subject, message })),
  );
};

function unknownIn(part: Query, vocabulary: Vocabulary): readonly string[] {
  const labelsOf = (query: Query) => resultLabels(query, vocabulary);
  switch (part.kind) {
    case 'selector': {
      const known = part.metric === undefined ? undefined : vocabulary.get(part.metric)?.labels;
      return strangers(
        part.matchers.map(({ label }) => label),
        known,
      ).map((label) => `${part.metric} has no label "${label}" to match${choice(known)}`);
    }
    case 'aggregation': {
      const { mode, labels } = part.grouping;
      const of = labelsOf(part.of);
      return strangers(labels, of).map(
        (label) => `${part.operator} ${mode} (${label}): its argument has no label "${label}"${choice(of)}`,
      );
    }
    case 'operation': {
      const { left, right, matching, group, operator } = part;
      const sides = [labelsOf(left), labelsOf(right)] as const;
      const one = group?.side === 'left' ? sides[1] : sides[0];
      return [
        ...(matching?.mode === 'on'
          ? sides.flatMap((side, index) =>
              strangers(matching.labels, side).map(
                (label) =>
                  `${operator} on (${label}): the ${index === 0 ? 'left' : 'right'} side has no label "${label}"${choice(side)}`,
              ),
            )
          : []),
        ...(matching?.mode === 'ignoring'
          ? strangers(matching.labels, {
              names: new Set(sides.flatMap(({ names }) => [...names])),
              complete: sides.every(({ complete }) => complete),
            }).map(
              (label) => `${operator} ignoring (${label}): neither side has a label "${label}"; leave it out`,
            )
          : []),
        ...strangers(group?.labels ?? [], one).map(
          (label) => `group_${group?.side}: the other side has no label "${label}" to give${choice(one)}`,
        ),
      ];
    }
    case 'range':
    case 'call':
    case 'constant':
      return [];
  }
}

function strangers(labels: readonly string[], known: Labels | undefined): readonly string[] {
  return known?.complete ? labels.filter((label) => !known.names.has(label)) : [];
}

function choice(known: Labels | undefined): string {
  return known ? `; it has ${[...known.names].sort().join(', ') || 'none'}` : '';
}
