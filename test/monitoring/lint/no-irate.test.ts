import { noIrate } from '../../../monitoring/lint/no-irate';
import { alert, said } from './planted';

test('irate is refused wherever it stands', () => {
  const expr = '100 - avg by (instance) (irate(node_cpu_seconds_total{mode="idle"}[5m])) * 100 > 80';
  expect(said(noIrate, { alerts: [alert({ expr })], boards: [] })).toEqual([
    'alert RedisDown: irate sees only the last two samples; use rate',
  ]);
  expect(said(noIrate, { alerts: [alert({ expr: expr.replace('irate', 'rate') })], boards: [] })).toEqual([]);
});
