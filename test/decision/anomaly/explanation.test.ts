import { explain } from '../../../decision/anomaly';
import { run, samples, wave } from './stream';

it('explains an anomaly by value, band, models, score and past', () => {
  const { judgements } = run([...samples(3000, wave), ...samples(1, () => 200, 3000)]);
  const lines = explain(judgements.at(-1)!);
  expect(lines[0]).toMatch(/^2026-01-15T10:00:00\.000Z: value 200, expected \d+(\.\d+)? to \d+(\.\d+)?$/);
  expect(lines[1]).toMatch(/^score (1\.000|0\.9\d\d), an alarm from 0\.\d{3} on$/);
  expect(lines.join('\n')).toContain('level (');
  expect(lines.at(-1)).toBe('not seen before in 3000 records over 10.4 days');
});

it('has nothing to say of a usual sample', () => {
  expect(explain(run(samples(100, wave)).judgements.at(-1)!)).toEqual([]);
});
