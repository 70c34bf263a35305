import type { Metric } from './metric';

/**
 * Queries are PromQL as people write it, in template strings; only the selectors come from here, because the
 * name of a metric and the labels it has are what goes wrong unnoticed: a misspelt one is not an error to
 * Prometheus, it is an alert that never fires.
 */

/** Labels that the scrape, not the exporter, gives to every series. */
export type TargetLabel = 'job' | 'instance' | 'node';

/** What a label must be: exactly a text, matched by an expression, or the opposite of either. */
export type Matcher = string | RegExp | { readonly not: string | RegExp };

type Matchers<Label extends string> = { readonly [L in Label | TargetLabel]?: Matcher };

/** Every label name in a metric's type, and none for a metric without labels. */
type LabelOf<M> = M extends Metric<string, infer Label> ? Label : never;

/** Selects the series of a counter, a gauge or an info metric: `name{label="value"}`. */
export function series<M extends Metric>(metric: M, matchers: Matchers<LabelOf<M>> = {}): string {
  return selector(metric.name, matchers);
}

/** Selects a histogram's cumulative buckets, which carry the label `le` besides its own. */
export function buckets<M extends Metric>(metric: M, matchers: Matchers<LabelOf<M> | 'le'> = {}): string {
  return selector(`${metric.name}_bucket`, matchers);
}

/** Selects how many observations a histogram has counted. */
export function countOf<M extends Metric>(metric: M, matchers: Matchers<LabelOf<M>> = {}): string {
  return selector(`${metric.name}_count`, matchers);
}

/** Selects the sum of what a histogram has observed. */
export function sumOf<M extends Metric>(metric: M, matchers: Matchers<LabelOf<M>> = {}): string {
  return selector(`${metric.name}_sum`, matchers);
}

function selector(name: string, matchers: Readonly<Record<string, Matcher | undefined>>): string {
  const parts = Object.entries(matchers).flatMap(([label, matcher]) =>
    matcher === undefined ? [] : [`${label}${comparison(matcher)}`],
  );
  return parts.length === 0 ? name : `${name}{${parts.join(', ')}}`;
}

function comparison(matcher: Matcher): string {
  if (typeof matcher === 'string') return `="${escape(matcher)}"`;
  if (matcher instanceof RegExp) return `=~"${escape(matcher.source)}"`;
  const { not } = matcher;
  return typeof not === 'string' ? `!="${escape(not)}"` : `!~"${escape(not.source)}"`;
}

/** Inside a PromQL string a backslash starts an escape. JavaScript writes `/` as `\/` in a pattern, RE2 does not. */
function escape(text: string): string {
  return text.replaceAll('\\/', '/').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** Lays a query out on one line, so that it can be written over several in the source. */
export function promql(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: strings }, ...values)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')')
    .trim();
}
