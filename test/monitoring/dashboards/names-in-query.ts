import { parser } from '@prometheus-io/lezer-promql';

/** The grammar's package is an ES module, and so are the types it speaks of; this is the one we need of them. */
type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** A metric that a query names, and the labels by which it selects or groups. */
export interface NamesInQuery {
  readonly metrics: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** Labels after `by`, `on`, `ignoring`, `without`, `group_left` and `group_right`. */
  readonly groupings: readonly string[];
}

/** Reads the names in a query with Prometheus' own grammar; refuses what does not parse. */
export function namesInQuery(query: string): NamesInQuery {
  const metrics: { name: string; labels: string[] }[] = [];
  const groupings: string[] = [];
  const text = (node: SyntaxNode) => query.slice(node.from, node.to);
  parser.parse(query).iterate({
    enter: ({ node, type }) => {
      if (type.isError) {
        throw new SyntaxError(`"${query}" does not parse at ${node.from}: ${query.slice(node.from)}`);
      }
      if (type.name === 'VectorSelector') {
        const identifier = node.getChild('Identifier');
        if (!identifier) throw new SyntaxError(`"${query}" has a selector without a metric`);
        const labels: string[] = [];
        node
          .getChild('LabelMatchers')
          ?.cursor()
          .iterate((inner) => {
            if (inner.name === 'LabelName') labels.push(text(inner.node));
          });
        metrics.push({ name: text(identifier), labels });
      }
      if (type.name === 'GroupingLabels') {
        node.cursor().iterate((inner) => {
          if (inner.name === 'LabelName') groupings.push(text(inner.node));
        });
      }
      return undefined;
    },
  });
  return { metrics, groupings };
}
