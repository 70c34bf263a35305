import { durations } from '../../../monitoring/lint/durations';
import { alert, said } from './planted';

const about = (planted: Parameters<typeof alert>[0]) =>
  said(durations, { alerts: [alert(planted)], boards: [] });

test('an alert that waits for less than one evaluation does not wait at all', () => {
  expect(about({ for: '10s' })).toEqual([
    'alert RedisDown: waits 10s, but rules are evaluated every 15s; wait at least that long',
  ]);
  expect(about({ for: '15s' })).toEqual([]);
});

test('a range holds four scrapes of the job that is read', () => {
  expect(about({ expr: 'rate(node_cpu_seconds_total[45s]) > 1' })).toEqual([
    'alert RedisDown: looks at 45s of node_cpu_seconds_total, which is measured every 15s; look at 60s or more',
  ]);
  // The chat server is scraped every 10 s.
  expect(about({ expr: 'rate(chatroom_messages_total[45s]) > 1' })).toEqual([]);
});

test('what the rules record is measured as often as rules are evaluated', () => {
  expect(about({ expr: 'avg_over_time(job:chatroom_messages:rate5m[45s]) > 1' })).toHaveLength(1);
});
