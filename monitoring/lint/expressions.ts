import type { Catalogue } from '../catalogue';
import { parseQuery, QueryError, type Query } from '../model/query';

/** A query of the catalogue, and where it stands. */
export interface Expression {
  readonly kind: 'alert' | 'recording' | 'board';
  readonly subject: string;
  readonly text: string;
}

/** An expression that could be read. */
export interface ReadExpression extends Expression {
  readonly query: Query;
}

/** Every query of a catalogue: of alerts, of recordings, and of everything on the boards. */
export function expressionsOf(catalogue: Catalogue): readonly Expression[] {
  return [
    ...catalogue.alerts.flatMap((group) =>
      group.alerts.map(({ name, expr }) => ({
        kind: 'alert' as const,
        subject: `alert ${name}`,
        text: expr,
      })),
    ),
    ...catalogue.recordings.flatMap((group) =>
      group.recordings.map(({ name, expr }) => ({
        kind: 'recording' as const,
        subject: `recording ${name}`,
        text: expr,
      })),
    ),
    ...catalogue.boards.flatMap(({ uid, dashboard }) => boardExpressions(uid, dashboard)),
  ];
}

/** The expressions that can be read; the others are the problem of one check alone. */
export function readExpressionsOf(catalogue: Catalogue): readonly ReadExpression[] {
  return expressionsOf(catalogue).flatMap((expression) => {
    const query = readable(expression.text);
    return query ? [{ ...expression, query }] : [];
  });
}

/** A query, or nothing when it cannot be read. */
export function readable(text: string): Query | undefined {
  try {
    return parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

/**
 * A board is searched for queries rather than understood: whatever kind of panel, variable or annotation holds
 * an `expr`, or a variable's `label_values(…)`, is found, also in kinds that come later.
 */
function boardExpressions(uid: string, board: unknown): readonly Expression[] {
  const found: Expression[] = [];
  const walk = (node: unknown, place: string): void => {
    if (Array.isArray(node)) {
      node.forEach((each) => walk(each, place));
      return;
    }
    if (node === null || typeof node !== 'object') return;
    const fields = node as Readonly<Record<string, unknown>>;
    const title = [fields['title'], fields['name']].find((each) => typeof each === 'string' && each !== '');
    const here = typeof title === 'string' ? `"${title}" of ${uid}` : place;
    for (const [field, value] of Object.entries(fields)) {
      if (typeof value !== 'string') walk(value, here);
      else if (field === 'expr' && value !== '') found.push(onBoard(here, value));
      else if (field === 'query' && value.startsWith('label_values(')) found.push(onBoard(here, value));
    }
  };
  walk(board, uid);
  return found;
}

function onBoard(subject: string, text: string): Expression {
  const [, selector, label] = /^label_values\((?:(.+),\s*)?([a-zA-Z_]\w*)\)$/s.exec(text) ?? [];
  const query = selector === undefined || label === undefined ? text : `count by (${label}) (${selector})`;
  return { kind: 'board', subject, text: withoutVariables(query) };
}

/** Grafana fills its variables in before Prometheus sees the query: ranges with a time, matchers with a text. */
function withoutVariables(text: string): string {
  return text
    .replace(/\$\{?__(rate_interval|interval|range)(_ms|_s)?\}?/g, '1h')
    .replace(/\[\s*\$\{?\w+(:\w+)?\}?\s*(:?[^\]]*)\]/g, '[1h$2]');
}
