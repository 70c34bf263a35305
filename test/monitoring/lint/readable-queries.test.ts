import { readableQueries } from '../../../monitoring/lint/readable-queries';
import { alert, said } from './planted';

test('a query that is not PromQL is quoted up to where it stops making sense', () => {
  expect(said(readableQueries, { alerts: [alert({ expr: 'sum by (job (up)' })], boards: [] })).toEqual([
    expect.stringMatching(/^alert RedisDown: "sum by \(job \(up\)" is not PromQL: .* check brackets/),
  ]);
  expect(said(readableQueries, {})).toEqual([]);
});
