import { runbookQueries } from '../../../monitoring/lint/runbook-queries';
import { said } from './planted';

const about = (...lines: string[]) =>
  said(
    runbookQueries,
    {},
    {
      runbooks: new Map([
        ['Page', ['# Page', '```promql', ...lines, '```', '```sh', 'nope | grep', '```'].join('\n')],
      ]),
      definedAlerts: [],
    },
  );

test('a query about nothing, and one that cannot be read, are told', () => {
  expect(about('up == 0', 'sum(nope_total)')).toEqual([
    'runbook Page: asks for nope_total, which nothing that is scraped exposes; mend its name, or scrape it',
  ]);
  expect(about('sum by (job (up)')).toEqual([expect.stringContaining('is not PromQL')]);
});

test('each line is a query of its own, unless it is indented', () => {
  expect(about('up == 0', 'sum by (job)', '(up)')).toHaveLength(1);
  expect(about('up == 0', 'sum by (job)', '  (up)', 'redis_up')).toEqual([]);
});
