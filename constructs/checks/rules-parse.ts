import { syntaxErrorAt } from '../../monitoring/model/query';
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
        const at = syntaxErrorAt(expr);
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
