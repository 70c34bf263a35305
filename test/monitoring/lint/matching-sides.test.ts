import { matchingSides } from '../../../monitoring/lint/matching-sides';
import { alert, said } from './planted';

const about = (expr: string) => said(matchingSides, { alerts: [alert({ expr })], boards: [] });

test.each([
  // As published: per database over per server. It can never fire.
  '100 * pg_stat_database_numbackends / pg_settings_max_connections > 80',
  'sum by (job) (up) and up',
  'up / ignoring (job) chatroom_http_requests_total',
])('%s can never have a result', (expr) => {
  expect(about(expr)).toEqual([expect.stringContaining('series meet only where all are equal')]);
});

test.each([
  '100 * node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes > 80',
  'sum by (job) (up) and on (job) up',
  'pg_stat_database_numbackends / ignoring (datid, datname) group_left pg_settings_max_connections',
  'up or chatroom_http_requests_total',
  '1 - up > scalar(sum(up))',
])('%s can', (expr) => {
  expect(about(expr)).toEqual([]);
});
