import { parseArguments, usage, UsageError } from '../../../operator/anomaly-cli/arguments';

const now = Date.UTC(2026, 0, 20, 12, 0, 31);
const needed = ['--prometheus', 'http://localhost:9090', '--query', 'up'];

it('reads two weeks up to the last full step, unless told otherwise', () => {
  const { start, end, stepSeconds, kind, maxSeries } = parseArguments(needed, now);
  expect(end).toBe(Date.UTC(2026, 0, 20, 12) / 1000);
  expect(end - start).toBe(14 * 86_400);
  expect({ stepSeconds, kind, maxSeries }).toEqual({ stepSeconds: 60, kind: 'gauge', maxSeries: 50 });
});

it.each([
  [['--query', 'up'], '--prometheus is missing'],
  [['--prometheus', 'http://x'], '--query is missing'],
  [[...needed, '--step', '0'], '--step 0'],
  [[...needed, '--days', 'two'], '--days two'],
  [[...needed, '--kind', 'histogram'], '--kind histogram'],
  [[...needed, '--end', 'soon'], '--end soon'],
  [[...needed, '--colour', 'red'], '--colour'],
])('refuses %j by name', (argv, problem) => {
  expect(() => parseArguments(argv, now)).toThrow(UsageError);
  expect(() => parseArguments(argv, now)).toThrow(problem);
});

it('explains every option it takes', () => {
  for (const option of [
    'prometheus',
    'query',
    'end',
    'days',
    'step',
    'kind',
    'max-series',
    'chart',
    'json',
  ]) {
    expect(usage).toContain(`--${option}`);
  }
});
