import { parseQuery, seriesIn } from '../../../monitoring/model/query';
import { alertGroups, type AlertName } from '../../../monitoring/rules';
import { cases } from '.';
import { failedByThePublished, published } from './published';
import { committed, everything, rendered } from './rule-sets';
import { failures, testsOf, type PromtoolTest, type RuleSet } from './rule-tests';

/** Every rule is evaluated at every step of every case; on a busy machine that takes a while. */
const patience = 300_000;

const delivered = committed();
const [chinese, english] = [rendered(everything('zh-CN')), rendered(everything('en'))];

const testsIn = (rules: RuleSet, wanted: (alert: string) => boolean) =>
  cases.filter(({ alert }) => wanted(alert)).flatMap((each) => testsOf(each, rules));

/** What is delivered is put to every test; what it leaves out, and the other language, where they differ from it. */
const suites: readonly (readonly [string, RuleSet, readonly PromtoolTest[]])[] = [
  ['dist/standalone', delivered, testsIn(delivered, (alert) => delivered.alerts.has(alert))],
  ['what production leaves out', chinese, testsIn(chinese, (alert) => !delivered.alerts.has(alert))],
  ['the words in English', english, cases.flatMap((each) => testsOf(each, english).slice(0, 1))],
];

describe.each(suites)('%s:', (_name, rules, tests) => {
  let blamed: ReadonlyMap<string, string>;

  beforeAll(async () => {
    blamed = await failures(rules, tests);
  }, patience);

  test.each(tests.map(({ name }) => name))('%s', (name) => {
    expect(blamed.get(name)).toBeUndefined();
  });
});

test(
  'the rules as the document published them fail where its readers would have been failed',
  async () => {
    const groups = delivered.groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) => {
        const expr = 'alert' in rule ? published[rule.alert as AlertName] : undefined;
        return expr === undefined ? rule : { ...rule, expr };
      }),
    }));
    const rules = { ...delivered, groups };
    const tests = testsIn(rules, (alert) => alert in published);
    expect([...(await failures(rules, tests)).keys()].sort()).toEqual(failedByThePublished.toSorted());
  },
  patience,
);

describe('the cases', () => {
  const defined = alertGroups.flatMap((group) => group.alerts.map(({ name }): string => name));

  test('prove every alert once', () => {
    expect(cases.map(({ alert }) => alert).sort()).toEqual([...defined].sort());
  });

  test('have names of their own, because failures are told by name', () => {
    const names = cases.flatMap((each) => testsOf(each, english)).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(cases.map((each) => [each.alert, each] as const))(
    '%s is seen firing, alone, in the words it says, and nothing is given that it does not look at',
    (alert, { fires, silent }) => {
      const firing = fires.map(({ counts }) => Math.max(...Object.values(counts).map(Number)));
      expect(Math.min(...firing)).toBeGreaterThan(0);
      expect(Object.values(fires[0].counts)).toContain(1);
      const read = seriesBehind(alert);
      for (const { given, ...situation } of [...fires, ...silent]) {
        const others = 'others' in situation ? Object.keys(situation.others ?? {}) : [];
        const readByOthers = others.flatMap((other) => seriesBehind(other));
        const extra = given
          .map(({ series }) => series.replace(/\{.*/s, ''))
          .filter((series) => ![...read, ...readByOthers, 'up'].includes(series));
        expect({ situation: situation.when, extra }).toEqual({ situation: situation.when, extra: [] });
      }
    },
  );
});

/** The series an alert reads, directly and through recordings. */
function seriesBehind(alert: string): readonly string[] {
  const rules = english.groups.flatMap((group) => group.rules);
  const behind = (expr: string): readonly string[] =>
    seriesIn(parseQuery(expr)).flatMap((name) => [
      name,
      ...rules.flatMap((rule) => ('record' in rule && rule.record === name ? behind(rule.expr) : [])),
    ]);
  return behind(english.alerts.get(alert)?.expr ?? '0');
}

describe('the harness', () => {
  const rules = delivered;
  const [example] = cases;

  test('blames a test that expects another number of alerts', async () => {
    const { when, given } = example!.fires[0];
    const tests = testsOf({ ...example!, fires: [{ when, given, counts: { '5m': 7 } }] }, rules);
    expect([...(await failures(rules, tests)).keys()]).toEqual([tests[0]!.name]);
  });

  test('blames a test that expects another text', async () => {
    const said = { ...example!.says, summary: { zh: '别的', en: 'other' } };
    const tests = testsOf({ ...example!, says: said }, rules);
    expect([...(await failures(rules, tests)).keys()]).toEqual([tests[0]!.name]);
  });

  test('blames a test that expects silence where there is none', async () => {
    const [{ when, given }] = example!.fires;
    const tests = testsOf({ ...example!, silent: [{ when, given }] }, rules);
    expect([...(await failures(rules, tests)).keys()]).toEqual([tests.at(-1)!.name]);
  });

  test('does not take a file that promtool cannot read for a success', async () => {
    const [healthy] = testsOf(example!, rules);
    const unreadable = { ...healthy!, document: { ...healthy!.document, interval: 'soon' } };
    await expect(failures(rules, [unreadable])).rejects.toThrow('promtool ended with 1');
    await expect(failures(rules, [])).rejects.toThrow('nothing to test');
  });
});
