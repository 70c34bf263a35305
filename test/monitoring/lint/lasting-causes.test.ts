import { lastingCauses } from '../../../monitoring/lint/lasting-causes';
import { alert, recording, said } from './planted';

const mutes = (share: readonly string[] = ['cluster']) => [
  { causes: ['PostgreSQLDown' as const], consequences: ['ChatRoomHighErrorRate' as const], equal: share },
];
const cause = (keepFiringFor?: string) => alert({ name: 'PostgreSQLDown', keepFiringFor });
const page = (expr: string, planted: Parameters<typeof alert>[0] = {}) =>
  alert({ name: 'ChatRoomHighErrorRate', expr, ...planted });
const about = (consequence: ReturnType<typeof alert>, lasting?: string, share?: readonly string[]) =>
  said(lastingCauses, { alerts: [cause(lasting), consequence], inhibitions: mutes(share) });

test('a page that remembers longer than its cause is told is found, with both figures', () => {
  expect(about(page('sum(rate(x[5m])) > 1'), '2m')).toEqual([
    'PostgreSQLDown mutes ChatRoomHighErrorRate: the page can stand 300s after its reason is gone, the alert that mutes it only 120s, so that an all-clear would be followed by a page; give PostgreSQLDown a keepFiringFor of 300s or more, or ChatRoomHighErrorRate a condition that looks at the last minute',
  ]);
});

test.each([
  ['the shortest of several conditions decides', 'rate(x[5m]) > 1 and rate(x[1m]) > 1'],
  ['what is gone by itself is not remembered', 'up == 0'],
  ['what looks for too little ends with the first that is there', 'sum(increase(x[10m])) == 0'],
  ['the last value known is the present one', 'last_over_time(x[5m]) == 0'],
  ['a long divisor holds nothing up', 'rate(x[1m]) / rate(y[1h]) > 1'],
  [
    'what the alert of the cause explains is left out of a window',
    'sum_over_time((rate(x[1m]) unless on () max_over_time(ALERTS{alertname=~"RedisDown|PostgreSQLDown"}[8m] offset -8m))[30m:30s]) > 1',
  ],
])('%s', (_name, expr) => {
  expect(about(page(expr), '2m')).toEqual([]);
});

test.each([
  ['of several reasons the one that is remembered longest', 'rate(x[1m]) > 1 or rate(x[10m]) > 1', 600],
  [
    'what another cause explains',
    'sum_over_time((x unless on () ALERTS{alertname="RedisDown"})[30m:1m]) > 1',
    1800,
  ],
  ['a window over a window', 'max_over_time(rate(x[5m])[10m:1m]) > 1', 900],
])('%s is counted', (_name, expr, seconds) => {
  expect(about(page(expr), '2m')).toEqual([expect.stringContaining(`can stand ${seconds}s after`)]);
});

test('what is recorded is remembered as long as its rule looks back, and until it is taken anew', () => {
  const recordings = [recording({ name: 'job:x:rate5m', expr: 'sum by (job) (rate(x[5m]))' })];
  expect(
    said(lastingCauses, {
      alerts: [cause('2m'), page('job:x:rate5m > 1')],
      recordings,
      inhibitions: mutes(),
    }),
  ).toEqual([expect.stringContaining('can stand 315s after')]);
});

test('an alert that is kept firing is remembered longer, and a cause without a stay lasts no time at all', () => {
  expect(about(page('rate(x[1m]) > 1', { keepFiringFor: '3m' }), '2m')).toEqual([
    expect.stringContaining('can stand 240s after'),
  ]);
  expect(about(page('rate(x[1m]) > 1'))).toEqual([expect.stringContaining('only 0s')]);
});

test('a ticket may come late, and a target that could not be asked has news of its own', () => {
  const ticket = page('rate(x[5m]) > 1', { labels: { severity: 'warning', service: 'chatroom' } });
  expect(about(ticket, '2m')).toEqual([]);
  expect(about(page('rate(x[5m]) > 1'), '2m', ['cluster', 'instance'])).toEqual([]);
});
