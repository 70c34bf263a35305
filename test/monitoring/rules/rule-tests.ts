import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { TunedAlert } from '../../../monitoring/catalogue';
import { parseQuery, partsOf, type Query } from '../../../monitoring/model/query';
import { inLocale, type Locale } from '../../../monitoring/model/text';
import type { Rule, RuleGroup } from '../../../monitoring/render/rules';
import { debianPromtool, promtoolAt } from '../promtool';
import type { AlertCases, Counts } from './case';
import { step } from './given';

/** One case as promtool reads it. */
export interface PromtoolTest {
  readonly name: string;
  /** Alerts whose rules it needs. */
  readonly alerts: readonly string[];
  readonly document: Readonly<Record<string, unknown>>;
}

export interface RuleSet {
  /** Alerts and recordings, as rule files hold them. */
  readonly groups: readonly RuleGroup[];
  readonly locale: Locale;
  /** The alerts in these files, by name. */
  readonly alerts: ReadonlyMap<string, TunedAlert>;
}

/** The cases of an alert for a rule set; the names of their tests are sentences. */
export function testsOf({ alert, says, fires, silent }: AlertCases, rules: RuleSet): readonly PromtoolTest[] {
  const firing = fires.map(({ when, given, counts, others = {} }, index) => {
    const spoken = index === 0 ? Object.entries(counts).find(([, count]) => count === 1)?.[0] : undefined;
    return test(`${alert} fires when ${when}`, [alert, ...Object.keys(others)], {
      input_series: given,
      promql_expr_test: Object.entries({ [alert]: counts, ...others }).flatMap(([name, expected]) =>
        firingCounts(name, expected),
      ),
      ...(spoken && { alert_rule_test: [speaks(alert, spoken, says, rules)] }),
    });
  });
  const staying = silent.map(({ when, given, until = '30m' }) =>
    test(`${alert} stays silent when ${when}`, [alert], {
      input_series: given,
      promql_expr_test: [
        {
          expr: `count(count_over_time(ALERTS{alertname="${alert}", alertstate="firing"}[${until}]))`,
          eval_time: until,
          exp_samples: [],
        },
      ],
    }),
  );
  return [...firing, ...staying];
}

/** What a situation must lead to, in promtool's terms. */
interface Expected {
  readonly input_series: AlertCases['fires'][0]['given'];
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly unknown[];
  }[];
  readonly alert_rule_test?: readonly unknown[];
}

function test(name: string, alerts: readonly string[], expected: Expected): PromtoolTest {
  const promql_expr_test = expected.promql_expr_test.map((each) => ({
    ...each,
    expr: `${each.expr} # ${name}`,
  }));
  return { name, alerts, document: { name, interval: `${step}s`, ...expected, promql_expr_test } };
}

/** Counts series rather than comparing alerts, because promtool compares texts too when it compares alerts. */
function firingCounts(alert: string, counts: Counts): Expected['promql_expr_test'] {
  return Object.entries(counts).map(([time, count]) => ({
    expr: `count(ALERTS{alertname="${alert}", alertstate="firing"}) or vector(0)`,
    eval_time: time,
    exp_samples: [{ labels: '{}', value: count }],
  }));
}

function speaks(name: string, time: string, says: AlertCases['says'], { alerts, locale }: RuleSet): unknown {
  const alert = alerts.get(name);
  return {
    eval_time: time,
    alertname: name,
    exp_alerts: [
      {
        exp_labels: { ...says.labels, ...alert?.labels },
        exp_annotations: {
          summary: inLocale(says.summary, locale),
          description: inLocale(says.description, locale),
        },
      },
    ],
  };
}

/**
 * Runs tests in one go, and returns what promtool says against each that failed, by the name of the test. Each test
 * sees only the rules it needs, since promtool evaluates every rule it is given at every step of every test.
 *
 * @param program - which promtool. @default - Debian's
 * @throws Error when promtool failed without blaming a test, or there was none to run.
 */
export async function failures(
  rules: RuleSet,
  tests: readonly PromtoolTest[],
  program = debianPromtool(),
): Promise<ReadonlyMap<string, string>> {
  if (tests.length === 0) throw new Error('there is nothing to test; the list of cases has come loose');
  const folder = await mkdtemp(join(tmpdir(), 'rule-tests-'));
  try {
    const together = [...Map.groupBy(tests, ({ alerts }) => alerts.join('-'))];
    const files = await Promise.all(
      together.map(async ([name, same]) => {
        const groups = rulesFor(same[0]?.alerts ?? [], rules.groups);
        await writeFile(join(folder, `${name}.rules.yml`), stringify({ groups }));
        const documents = same.map(({ document }) => document);
        const file = { rule_files: [`${name}.rules.yml`], evaluation_interval: `${step}s`, tests: documents };
        await writeFile(
          join(folder, `${name}.yml`),
          stringify(file, { aliasDuplicateObjects: false, lineWidth: 0 }),
        );
        return join(folder, `${name}.yml`);
      }),
    );
    const { code, output } = await promtoolAt(program, ['test', 'rules', ...files]);
    const blamed = perTest(output);
    if ((code === 0) !== (blamed.size === 0)) throw new Error(`promtool ended with ${code}:\n${output}`);
    return blamed;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rules of these alerts, and the recordings that they are built on. */
function rulesFor(alerts: readonly string[], groups: readonly RuleGroup[]): readonly RuleGroup[] {
  const all = groups.flatMap((group) => group.rules);
  const needed = new Set(all.filter((rule) => 'alert' in rule && alerts.includes(rule.alert)));
  for (const rule of needed) {
    const query = parseQuery(rule.expr);
    for (const other of all) if ('record' in other && reads(query, other)) needed.add(other);
  }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => needed.has(rule)).map(withoutLinks) }))
    .filter((group) => group.rules.length > 0);
}

/** Whether a query selects what a rule records: by its name, and not by labels that the rule sets otherwise. */
function reads(query: Query, { record, labels = {} }: Extract<Rule, { record: string }>): boolean {
  return [...partsOf(query)].some(
    (part) =>
      part.kind === 'selector' &&
      part.metric === record &&
      part.matchers.every(({ label, op, value }) => op !== '=' || (labels[label] ?? value) === value),
  );
}

/** Cases say what people read; where the links lead is one promise for all alerts, with a test of its own. */
function withoutLinks(rule: Rule): Rule {
  if (!('alert' in rule)) return rule;
  const { summary = '', description = '' } = rule.annotations;
  return { ...rule, annotations: { summary, description } };
}

/**
 * promtool names a test only before what it says about texts. What it says about numbers quotes the expression, with
 * the name of the test as a comment behind it.
 */
function perTest(output: string): ReadonlyMap<string, string> {
  const blamed = new Map<string, string>();
  let name: string | undefined;
  for (const line of output.split('\n')) {
    if (/^\s*(FAILED:|SUCCESS|Unit Testing:.*)?$/.test(line)) continue;
    name = /^\s+name: (.*),$/.exec(line)?.[1] ?? /^\s+expr: ".* # (.*)", time: /.exec(line)?.[1] ?? name;
    if (name !== undefined) blamed.set(name, `${blamed.get(name) ?? ''}${line}\n`);
  }
  return blamed;
}
