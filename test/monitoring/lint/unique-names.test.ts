import { uniqueNames } from '../../../monitoring/lint/unique-names';
import { alert, recording, said } from './planted';

test('two alerts of one name are one too many', () => {
  expect(said(uniqueNames, { alerts: [alert({}), alert({})] })).toEqual([
    'alert RedisDown: is defined more than once; rename or remove one',
  ]);
});

test('recordings may share a name as long as their labels tell them apart', () => {
  const a = recording({ staticLabels: { slo: 'a' } });
  const b = recording({ staticLabels: { slo: 'b' } });
  expect(said(uniqueNames, { recordings: [a, b] })).toEqual([]);
  expect(said(uniqueNames, { recordings: [a, a] })).toHaveLength(1);
});
