import type { Operation, Query } from '../model/query';
import { readExpressionsOf } from './expressions';
import type { Check } from './problem';

/**
 * A recording never holds NaN or Inf: one such sample spoils every average taken over it, for as long as the window
 * is, and makes some long-term stores refuse the batch that holds it.
 */
export const guardedDivision: Check = (catalogue) =>
  readExpressionsOf(catalogue)
    .filter(({ kind }) => kind === 'recording')
    .flatMap(({ subject, query }) =>
      unguarded(query, false).map((message) => ({ check: 'guarded-division', subject, message })),
    );

/** Functions that answer NaN to an argument that can occur: no observations, a negative number. */
const canBeNaN: ReadonlySet<string> = new Set([
  'histogram_quantile',
  'histogram_fraction',
  'ln',
  'log2',
  'log10',
  'sqrt',
]);

const comparisons: ReadonlySet<string> = new Set(['>', '>=', '<', '<=', '==']);

/** @param filtered - whether a comparison further up drops NaN, which is in no order with any number */
function unguarded(query: Query, filtered: boolean): readonly string[] {
  switch (query.kind) {
    case 'constant':
    case 'selector':
      return [];
    case 'range':
      return unguarded(query.of, false);
    case 'aggregation':
      return unguarded(query.of, false);
    case 'call':
      return [
        ...(canBeNaN.has(query.function) && !filtered
          ? [
              `${query.function} answers NaN where there is nothing to look at; keep only what is in order with a number, as in ${query.function}(…) >= 0`,
            ]
          : []),
        ...query.args.flatMap((argument) => unguarded(argument, false)),
      ];
    case 'operation':
      return unguardedOperation(query, filtered);
  }
}

function unguardedOperation(operation: Operation, filtered: boolean): readonly string[] {
  const { operator, left, right, bool } = operation;
  const filters = comparisons.has(operator) && !bool;
  const keeps = operator === 'and' || operator === 'unless';
  return [
    ...(['/', '%'].includes(operator) && !isAboveZero(right)
      ? ['divides by something that can be zero; keep only what is not, as in … / (… > 0)']
      : []),
    ...unguarded(left, filters || (filtered && (keeps || operator === 'or'))),
    ...(keeps ? [] : unguarded(right, filtered && operator === 'or')),
  ];
}

function isAboveZero(query: Query): boolean {
  switch (query.kind) {
    case 'constant':
      return query.value !== 0;
    case 'operation': {
      const limit = query.right.kind === 'constant' ? Number(query.right.value) : NaN;
      return (
        !query.bool && ((query.operator === '>' && limit >= 0) || (query.operator === '>=' && limit > 0))
      );
    }
    case 'call': {
      const bound = query.args.at(-1);
      return ['clamp_min', 'vector'].includes(query.function) && bound !== undefined && isPositive(bound);
    }
    case 'selector':
    case 'range':
    case 'aggregation':
      return false;
  }
}

/** A constant, or a quotient or product of constants, above zero. */
function isPositive(query: Query): boolean {
  if (query.kind === 'constant') return Number(query.value) > 0;
  return (
    query.kind === 'operation' &&
    ['*', '/', '+'].includes(query.operator) &&
    isPositive(query.left) &&
    isPositive(query.right)
  );
}
