import { alertDraft, alertId, alertText, idPrefix } from '../../../chatroom/alerts/alert-draft';
import type { Alert } from '../../../chatroom/alerts/notification';

const alert = (changes: Partial<Alert> = {}): Alert => ({
  status: 'firing',
  labels: { alertname: 'RedisDown', severity: 'critical' },
  annotations: {
    summary: 'Redis is down',
    description: 'redis-1 does not answer.\nUsers notice delays.',
    runbook_url: 'https://example.com/runbooks/RedisDown',
  },
  startsAt: '2026-07-31T08:00:00.5+08:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus:9090/graph?g0.expr=x',
  fingerprint: 'f1',
  ...changes,
});

test('a firing alert says what, how bad, since when, and where to look', () => {
  expect(alertText(alert(), 'en').split('\n')).toEqual([
    '🔥 [FIRING · critical] RedisDown — Redis is down',
    'redis-1 does not answer. Users notice delays.',
    'Since: 2026-07-31 00:00:00 UTC',
    'Runbook: https://example.com/runbooks/RedisDown',
    'Query: http://prometheus:9090/graph?g0.expr=x',
  ]);
});

test('an all-clear says from when until when, in the language of the room', () => {
  const over = alert({ status: 'resolved', endsAt: '2026-07-31T00:05:00Z' });
  expect(alertText(over, 'zh-CN').split('\n')).toEqual([
    '✅ [已恢复 · 严重] RedisDown — Redis is down',
    '开始时间：2026-07-31 00:00:00 UTC',
    '恢复时间：2026-07-31 00:05:00 UTC',
  ]);
});

test('links that are none are left out', () => {
  const text = alertText(
    alert({ annotations: { runbook_url: 'javascript:alert(1)' }, generatorURL: '/graph' }),
    'en',
  );
  expect(text).not.toMatch(/Runbook|Query/);
});

test('an alert without name, severity and texts is still readable', () => {
  expect(alertText(alert({ labels: {}, annotations: {}, generatorURL: '' }), 'en').split('\n')[0]).toBe(
    '⚠️ [FIRING] f1',
  );
});

test('nothing in an alert can draw a second message', () => {
  const text = alertText(alert({ annotations: { summary: 'a\nann: all is well\u0000' } }), 'en');
  expect(text.split('\n')[0]).toBe('🔥 [FIRING · critical] RedisDown — a ann: all is well');
});

test('the id tells apart what must be posted, and only that', () => {
  const id = (changes: Partial<Alert>) => alertDraft(alert(changes), 'en').id;
  expect(id({})).toBe(id({ annotations: { summary: 'reworded' }, startsAt: '2026-07-31T00:00:00.500Z' }));
  expect(
    new Set([
      id({}),
      id({ status: 'resolved' }),
      id({ fingerprint: 'f2' }),
      id({ startsAt: '2026-08-01T00:00:00Z' }),
    ]).size,
  ).toBe(4);
  expect(id({})).toMatch(/^[0-9a-f]{64}$/);
});

test('ids of one alert in one state begin alike, and a firing can be looked for when it is over', () => {
  const over = alert({ status: 'resolved', endsAt: '2026-07-31T00:05:00Z' });
  expect(alertId(over, 'firing')).toBe(alertDraft(alert(), 'en').id);
  expect(alertDraft(alert({ startsAt: '2026-08-01T00:00:00Z' }), 'en').id).toMatch(
    new RegExp(`^${idPrefix('f1', 'firing')}[0-9a-f]{32}$`),
  );
  expect(idPrefix('f1', 'resolved')).not.toBe(idPrefix('f1', 'firing'));
});
