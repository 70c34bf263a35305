import type { Aggregation, Call, Operation, Query, Selector } from '../model/query';

/** The labels that a result can have. */
export interface Labels {
  readonly names: ReadonlySet<string>;
  /** Whether these are all of them; where not, nothing may be concluded from a label that is not listed. */
  readonly complete: boolean;
}

/** What is known of the series that a query may read, by their name. */
type KnownSeries = ReadonlyMap<string, { readonly labels: Labels }>;

const none: Labels = { names: new Set(), complete: true };
const unknown: Labels = { names: new Set(), complete: false };

/** The labels that the result of a query can have, found by walking it from its selectors up. */
export function resultLabels(query: Query, series: KnownSeries): Labels {
  const labelsOf = (part: Query) => resultLabels(part, series);
  switch (query.kind) {
    case 'constant':
      return none;
    case 'selector':
      return ofSelector(query, series);
    case 'range':
      return labelsOf(query.of);
    case 'aggregation':
      return ofAggregation(query, labelsOf(query.of));
    case 'operation':
      return ofOperation(query, labelsOf(query.left), labelsOf(query.right));
    case 'call':
      return ofCall(query, query.args.map(labelsOf));
  }
}

/** Whether a query gives one number rather than a vector of series. */
export function isScalar(query: Query): boolean {
  switch (query.kind) {
    case 'constant':
      return true;
    case 'call':
      return ['scalar', 'time', 'pi'].includes(query.function);
    case 'operation':
      return isScalar(query.left) && isScalar(query.right);
    case 'selector':
    case 'range':
    case 'aggregation':
      return false;
  }
}

/** The operators that keep or drop series as wholes, rather than computing with their values. */
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

function ofSelector({ metric, matchers }: Selector, series: KnownSeries): Labels {
  const known = metric === undefined ? undefined : series.get(metric)?.labels;
  if (!known) return unknown;
  // A matcher for no value at all takes its label away.
  const missing = matchers.filter(({ op, value }) => op === '=' && value === '').map(({ label }) => label);
  return missing.length === 0 ? known : { ...known, names: minus(known.names, missing) };
}

function ofAggregation({ operator, grouping, parameter }: Aggregation, of: Labels): Labels {
  if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(operator)) return of;
  const listed = grouping.labels;
  const kept: Labels =
    grouping.mode === 'without'
      ? { names: minus(of.names, listed), complete: of.complete }
      : listedOf(listed, of);
  return operator === 'count_values' ? withLabel(kept, parameter) : kept;
}

function ofOperation(operation: Operation, left: Labels, right: Labels): Labels {
  const { operator, matching, group } = operation;
  if (operator === 'or') return both(left, right);
  if (operator === 'and' || operator === 'unless') return left;
  if (isScalar(operation.left)) return right;
  if (isScalar(operation.right)) return left;
  if (group) {
    const many = group.side === 'left' ? left : right;
    return { ...many, names: new Set([...many.names, ...group.labels]) };
  }
  if (!matching) return left;
  return matching.mode === 'on'
    ? listedOf(matching.labels, left)
    : { ...left, names: minus(left.names, matching.labels) };
}

function ofCall(call: Call, args: readonly Labels[]): Labels {
  const [first = none] = args;
  switch (call.function) {
    case 'vector':
    case 'scalar':
    case 'time':
    case 'pi':
      return none;
    case 'absent':
    case 'absent_over_time':
      return { names: labelsOfAbsence(call.args[0]), complete: true };
    case 'histogram_quantile':
    case 'histogram_fraction': {
      const buckets = args.at(-1) ?? none;
      return { ...buckets, names: minus(buckets.names, ['le']) };
    }
    case 'quantile_over_time':
      return args[1] ?? none;
    case 'label_replace':
    case 'label_join':
      return withLabel(first, call.args[1]);
    case 'info':
      return { ...first, complete: false };
    default:
      return first;
  }
}

/** What `absent` says of something that is not there: the labels it was asked for by equality. */
function labelsOfAbsence(of: Query | undefined): ReadonlySet<string> {
  const selector = of?.kind === 'range' ? of.of : of;
  if (selector?.kind !== 'selector') return new Set();
  return new Set(selector.matchers.filter(({ op }) => op === '=').map(({ label }) => label));
}

function withLabel(labels: Labels, name: Query | undefined): Labels {
  return name?.kind === 'constant'
    ? { ...labels, names: new Set([...labels.names, String(name.value)]) }
    : { ...labels, complete: false };
}

function both(left: Labels, right: Labels): Labels {
  return { names: new Set([...left.names, ...right.names]), complete: left.complete && right.complete };
}

function minus(names: ReadonlySet<string>, taken: readonly string[]): ReadonlySet<string> {
  return new Set([...names].filter((name) => !taken.includes(name)));
}

/** Of the labels that are asked for, those that can be there. */
function listedOf(listed: readonly string[], of: Labels): Labels {
  return { names: new Set(listed.filter((name) => !of.complete || of.names.has(name))), complete: true };
}
