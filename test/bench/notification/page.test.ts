import type { Episode } from '../../../bench/notification/measure';
import { notificationPage } from '../../../bench/notification/page';

const episode = (toldAfter: number, fault: Episode['fault'] = 'server'): Episode => ({
  fault,
  alert: 'ChatRoomServerDown',
  gradual: false,
  noticedAfter: 3_000,
  toldAfter,
  by: 'slack #critical-alerts',
  intervals: { scrape: 2_000, evaluation: 2_000, range: 0, held: 2_000, groupWait: 500 },
  smallest: 6_500,
  smallestInProduction: 90_000,
});

const bodyOf = (episodes: readonly Episode[], silent: readonly Episode['fault'][] = []): string =>
  notificationPage({
    episodes,
    silent,
    factor: 30,
    rounds: 1,
    command: 'npm run bench:notification',
    machine: 'm',
    takenAt: new Date(0),
  }).body.join('\n');

test('a message within the goal meets it, and is converted to the pace of production', () => {
  const body = bodyOf([episode(6_500)]);
  expect(body).toContain('| server | ChatRoomServerDown | 3.0 | 6.5 | 6.5 | 1.00 | 3.5 | 2.5 |');
  expect(body).toContain('Goal met by all 1.');
  expect(body).toContain('| server | ChatRoomServerDown | 1 min 30 s | 1 min 30 s |');
});

test('a message that comes too late is named as a miss', () => {
  expect(bodyOf([episode(6_500), episode(7_800, 'nginx')])).toContain('Goal **missed** by nginx.');
});

test('a fault of which nobody was told is not left out of the page', () => {
  expect(bodyOf([episode(6_500)], ['disk'])).toContain('Nobody was told at all of: **disk**.');
});

test('a fault without a moment of its own is counted from when it was noticed, and marked', () => {
  const gradual: Episode = {
    ...episode(2_600, 'connections'),
    gradual: true,
    noticedAfter: 0,
    smallest: 2_500,
  };
  const body = bodyOf([gradual]);
  expect(body).toContain('| connections \\* | ChatRoomServerDown | 0.0 | 2.6 | 2.5 | 1.04 | 2.6 | 2.5 |');
  expect(body).toContain('counted from when it was');
});
