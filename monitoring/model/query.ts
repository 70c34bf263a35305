import { parser } from '@prometheus-io/lezer-promql';
import { isDuration, toMilliseconds } from './duration';

/** The grammar's package is an ES module, and so are the types it speaks of; these are the ones we need of them. */
type Tree = ReturnType<typeof parser.parse>;
type SyntaxNode = Tree['topNode'];

/** PromQL as a tree that says what each part does, for whoever has to reason about a query before it runs. */
export type Query = Selector | Range | Aggregation | Operation | Call | Constant;

/** `name{label="value"}` */
export interface Selector {
  readonly kind: 'selector';
  /** Absent when the name is matched by an expression, as in `{__name__=~"node_.*"}`. */
  readonly metric?: string;
  readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
}

/** `of[5m]`, or the subquery `of[1h:1m]` */
export interface Range {
  readonly kind: 'range';
  readonly of: Query;
  readonly milliseconds: number;
  readonly subquery: boolean;
  /** By how many milliseconds it ends before the time of evaluation; below zero it ends after. @default 0 */
  readonly offset?: number;
}

/** `sum by (job) (of)` */
export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly grouping: { readonly mode: 'by' | 'without'; readonly labels: readonly string[] };
  readonly of: Query;
  /** What stands before the vector: the k of `topk`, the label of `count_values`. */
  readonly parameter?: Query;
}

/** `left / on (job) right` */
export interface Operation {
  readonly kind: 'operation';
  readonly operator: string;
  readonly bool: boolean;
  readonly matching?: { readonly mode: 'on' | 'ignoring'; readonly labels: readonly string[] };
  readonly group?: { readonly side: 'left' | 'right'; readonly labels: readonly string[] };
  readonly left: Query;
  readonly right: Query;
}

/** `rate(…)` */
export interface Call {
  readonly kind: 'call';
  readonly function: string;
  readonly args: readonly Query[];
}

/** A number, with its value, or a text. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: number | string;
}

/** A text is not PromQL. */
export class QueryError extends Error {
  override readonly name = 'QueryError';

  constructor(query: string, at: number) {
    super(
      `"${query}" is not PromQL: it cannot be read from ${at === query.length ? 'its end' : `"${query.slice(at, at + 20)}"`} on; check brackets and operators there`,
    );
  }
}

/** Queries that were found to be PromQL: every environment, and every check, asks about the same ones. */
const sound = new Map<string, Tree>();

/**
 * Reads a query.
 *
 * @throws QueryError when it is not PromQL.
 */
export function parseQuery(text: string): Query {
  const read = treeOf(text);
  if ('at' in read) throw new QueryError(text, read.at);
  const root = read.tree.topNode.firstChild;
  if (!root) throw new QueryError(text, 0);
  return new Reader(text).read(root);
}

/** Where a text stops being PromQL, if it does. */
export function syntaxErrorAt(text: string): number | undefined {
  const read = treeOf(text);
  return 'at' in read ? read.at : undefined;
}

function treeOf(text: string): { readonly tree: Tree } | { readonly at: number } {
  const before = sound.get(text);
  if (before) return { tree: before };
  const tree = parser.parse(text);
  let at: number | undefined;
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) at ??= from;
    },
  });
  if (at !== undefined) return { at };
  sound.set(text, tree);
  return { tree };
}

/** Every part of a query, the whole first. */
export function* partsOf(query: Query): Generator<Query> {
  yield query;
  for (const child of childrenOf(query)) yield* partsOf(child);
}

function childrenOf(query: Query): readonly Query[] {
  switch (query.kind) {
    case 'selector':
    case 'constant':
      return [];
    case 'range':
      return [query.of];
    case 'aggregation':
      return query.parameter ? [query.parameter, query.of] : [query.of];
    case 'operation':
      return [query.left, query.right];
    case 'call':
      return query.args;
  }
}

/** The names of the series a query reads, each once. */
export function seriesIn(query: Query): readonly string[] {
  const names = [...partsOf(query)].flatMap((part) =>
    part.kind === 'selector' && part.metric !== undefined ? [part.metric] : [],
  );
  return [...new Set(names)];
}

/** Turns the concrete tree of the grammar, which keeps every bracket and keyword, into ours. */
class Reader {
  constructor(private readonly text: string) {}

  read(node: SyntaxNode): Query {
    switch (node.name) {
      case 'VectorSelector':
        return this.selector(node);
      case 'MatrixSelector':
      case 'SubqueryExpr':
        return this.range(node);
      case 'OffsetExpr':
        return this.offset(node);
      case 'AggregateExpr':
        return this.aggregation(node);
      case 'BinaryExpr':
        return this.operation(node);
      case 'FunctionCall':
        return {
          kind: 'call',
          function: this.textOf(childNamed(node, 'FunctionIdentifier')),
          args: this.arguments(node),
        };
      case 'NumberDurationLiteral':
        return { kind: 'constant', value: numberOf(this.textOf(node)) };
      case 'StringLiteral':
        return { kind: 'constant', value: unquoted(this.textOf(node)) };
      case 'UnaryExpr': {
        const of = this.read(lastChild(node));
        const zero: Constant = { kind: 'constant', value: 0 };
        return this.textOf(node).startsWith('-')
          ? { kind: 'operation', operator: '-', bool: false, left: zero, right: of }
          : of;
      }
      default:
        // Brackets, @ and the offset of an instant change when and in which order, not what is read.
        return this.read(firstExpression(node));
    }
  }

  private selector(node: SyntaxNode): Selector {
    const matchers = (node.getChild('LabelMatchers') ? childrenOfNode(childNamed(node, 'LabelMatchers')) : [])
      .filter((child) => child.name.endsWith('LabelMatcher'))
      .map((child) => ({
        label: unquoted(this.textOf(firstChild(child))),
        op: this.textOf(childNamed(child, 'MatchOp')),
        value: unquoted(this.textOf(lastChild(child))),
      }));
    const named = node.getChild('Identifier');
    const metric = named
      ? this.textOf(named)
      : matchers.find(({ label, op }) => label === '__name__' && op === '=')?.value;
    return {
      kind: 'selector',
      ...(metric !== undefined && { metric }),
      matchers: matchers.filter(({ label }) => label !== '__name__'),
    };
  }

  private range(node: SyntaxNode): Range {
    const length = this.textOf(childNamed(node, 'DurationExpr'));
    return {
      kind: 'range',
      of: this.read(firstExpression(node)),
      milliseconds: isDuration(length) ? toMilliseconds(length) : numberOf(length) * 1_000,
      subquery: node.name === 'SubqueryExpr',
    };
  }

  private offset(node: SyntaxNode): Query {
    const of = this.read(firstExpression(node));
    if (of.kind !== 'range') return of;
    const by = this.textOf(childNamed(node, 'OffsetDurationExpr')).replaceAll(' ', '');
    const length = numberOf(by.replace(/^[+-]/, '')) * 1_000;
    return { ...of, offset: by.startsWith('-') ? -length : length };
  }

  private aggregation(node: SyntaxNode): Aggregation {
    const args = this.arguments(node);
    const of = args.at(-1);
    if (!of) throw new QueryError(this.text, node.from);
    const parameter = args.length > 1 ? args[0] : undefined;
    const modifier = node.getChild('AggregateModifier');
    return {
      kind: 'aggregation',
      operator: this.textOf(childNamed(node, 'AggregateOp')),
      grouping: modifier
        ? {
            mode: modifier.getChild('By') ? 'by' : 'without',
            labels: this.labels(childNamed(modifier, 'GroupingLabels')),
          }
        : { mode: 'by', labels: [] },
      of,
      ...(parameter && { parameter }),
    };
  }

  private operation(node: SyntaxNode): Operation {
    const children = childrenOfNode(node);
    const clause = node.getChild('MatchingModifierClause');
    const lists = clause?.getChildren('GroupingLabels') ?? [];
    const [keys, included] = lists.map((list) => this.labels(list));
    const side = clause?.getChild('GroupLeft')
      ? 'left'
      : clause?.getChild('GroupRight')
        ? 'right'
        : undefined;
    return {
      kind: 'operation',
      operator: this.textOf(children[1] ?? node),
      bool: node.getChild('BoolModifier') !== null,
      ...(keys && { matching: { mode: clause?.getChild('On') ? 'on' : 'ignoring', labels: keys } }),
      ...(side && { group: { side, labels: included ?? [] } }),
      left: this.read(firstChild(node)),
      right: this.read(lastChild(node)),
    };
  }

  private arguments(node: SyntaxNode): readonly Query[] {
    return childrenOfNode(childNamed(node, 'FunctionCallBody')).map((child) => this.read(child));
  }

  private labels(node: SyntaxNode): readonly string[] {
    return childrenOfNode(node).map((child) => unquoted(this.textOf(child)));
  }

  private textOf(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }
}

function childrenOfNode(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** A tree without errors has every child that the grammar asks for; anything else is a new grammar. */
function expected(node: SyntaxNode | null | undefined, of: SyntaxNode, what: string): SyntaxNode {
  if (!node)
    throw new TypeError(
      `the PromQL grammar gives ${of.name} no ${what}; monitoring/model/query.ts must learn it`,
    );
  return node;
}

function childNamed(node: SyntaxNode, name: string): SyntaxNode {
  return expected(node.getChild(name), node, name);
}

function firstChild(node: SyntaxNode): SyntaxNode {
  return expected(node.firstChild, node, 'child');
}

function lastChild(node: SyntaxNode): SyntaxNode {
  return expected(node.lastChild, node, 'child');
}

function firstExpression(node: SyntaxNode): SyntaxNode {
  return expected(
    childrenOfNode(node).find((child) => /(Expr|Selector|Call|Literal)$/.test(child.name)),
    node,
    'expression',
  );
}

function unquoted(text: string): string {
  const quote = text[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') return text;
  const inner = text.slice(1, -1);
  return quote === '`' ? inner : inner.replace(/\\(.)/g, '$1');
}

/** Numbers as PromQL writes them; a duration such as `1h30m` is a number of seconds. */
function numberOf(text: string): number {
  const plain = Number(text.replaceAll('_', ''));
  if (!Number.isNaN(plain)) return plain;
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const seconds = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 };
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.length === 0
    ? NaN
    : parts.reduce(
        (sum, [, amount, unit]) => sum + Number(amount) * seconds[unit as keyof typeof seconds],
        0,
      );
}
