import { parser } from '@prometheus-io/lezer-promql';
import { ofKind, type Check } from './manifest';

interface Group {
  readonly name: string;
  readonly rules: readonly { readonly alert?: string; readonly record?: string; readonly expr: string }[];
}

/** A query with a syntax error takes its whole group with it, and the group's alerts fall silent. */
export const rulesParse: Check = (objects) =>
  ofKind<{ readonly groups: readonly Group[] }>(objects, 'PrometheusRule').flatMap((object) =>
    object.spec.groups.flatMap(({ name, rules }) =>
      rules.flatMap(({ alert, record, expr }) => {
        const at = syntaxError(expr);
        return at === undefined
          ? []
          : [
              {
                object,
                message: `group ${name}, ${alert ?? record}: the query is no PromQL at "${expr.slice(at, at + 30)}"`,
              },
            ];
      }),
    ),
  );

/** Queries that were found to be PromQL: every environment asks the same ones. */
const parsed = new Set<string>();

/** Where a query stops being PromQL. */
function syntaxError(query: string): number | undefined {
  if (parsed.has(query)) return undefined;
  let found: number | undefined;
  parser.parse(query).iterate({
    enter: ({ type, from }) => {
      if (type.isError) found ??= from;
    },
  });
  if (found === undefined) parsed.add(query);
  return found;
}
