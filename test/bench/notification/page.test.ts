import type { Episode } from '../../../bench/notification/measure';
import { notificationPage, type NotificationResults } from '../../../bench/notification/page';
import { faults } from '../../../local/faults';

const episode = (props: Partial<Episode> = {}): Episode => ({
  fault: 'server',
  alert: 'ChatRoomServerDown',
  gradual: false,
  noticedAfter: 3_000,
  toldAfter: 5_600,
  by: 'slack #critical-alerts',
  intervals: { held: 2_000, groupWait: 500 },
  promised: 6_500,
  promisedInProduction: 90_000,
  ...props,
});

const bodyOf = (episodes: readonly Episode[], more: Partial<NotificationResults> = {}): string =>
  notificationPage({
    episodes,
    silent: [],
    impossible: [],
    factor: 30,
    command: 'npm run bench:notification',
    machine: 'm',
    takenAt: new Date(0),
    ...more,
  }).body.join('\n');

test('a message within the goal meets it, and what was added is added to the pace of production', () => {
  const body = bodyOf([episode()]);
  expect(body).toContain('| server | ChatRoomServerDown | 2.6 | 2.5 | 0.1 | 1.04 |');
  expect(body).toContain('| server | ChatRoomServerDown | 3.0 | 5.6 | 6.5 | 0.86 |');
  expect(body).toContain('Goal met by all 1.');
  expect(body).toContain('| server | ChatRoomServerDown | 1 min 30 s | 1 min 30 s |');
});

test('a lucky moment makes production no quicker than it is configured', () => {
  const body = bodyOf([episode({ noticedAfter: 100, toldAfter: 3_600 })]);
  expect(body).toContain('| server | ChatRoomServerDown | 0.1 | 3.6 | 6.5 | 0.55 |');
  expect(body).toContain('| server | ChatRoomServerDown | 1 min 30 s | 1 min 31 s |');
});

test('what comes too late after it was noticed misses the goal, however lucky its moment', () => {
  const late = episode({ fault: 'slow', noticedAfter: 0, toldAfter: 2_800 });
  expect(bodyOf([episode(), late])).toContain('Goal **missed** by slow (after it was noticed).');
});

test('what is noticed too late misses the goal as well', () => {
  const late = episode({ fault: 'nginx', noticedAfter: 5_000, toldAfter: 7_500 });
  expect(bodyOf([episode(), late])).toContain('Goal **missed** by nginx (from the fault on).');
});

test('several rounds are given as their median with the lowest and the highest', () => {
  const body = bodyOf([2_600, 2_700, 2_900].map((told) => episode({ noticedAfter: 0, toldAfter: told })));
  expect(body).toContain('| server | ChatRoomServerDown | 2.7 (2.6 … 2.9) | 2.5 | 0.2 (0.1 … 0.4) | 1.08 |');
  expect(body).toContain(`1 of the ${faults.length} kinds that \`npm start -- --help\` lists, each 3 times`);
});

test('a fault of which nobody was told, or that was not measured, is named', () => {
  const body = bodyOf([episode()], {
    silent: ['redis'],
    impossible: [{ fault: 'inodes', why: 'needs root; run it as root' }],
  });
  expect(body).toContain('Nobody was told at all of: **redis**.');
  expect(body).toContain('Left out: inodes, which needs root; run it as root.');
  const unasked = /Not asked for in this run: (.*)\./.exec(body)?.[1]?.split(', ');
  expect(unasked).toEqual(
    faults.map(({ name }): string => name).filter((name) => !['server', 'redis', 'inodes'].includes(name)),
  );
});

test('a fault without a moment of its own is counted from when it was noticed, and promised nothing', () => {
  const gradual = episode({
    fault: 'connections',
    gradual: true,
    noticedAfter: 0,
    toldAfter: 2_600,
    promised: 2_500,
  });
  const body = bodyOf([gradual]);
  expect(body).toContain('| connections | ChatRoomServerDown | 2.6 | 2.5 | 0.1 | 1.04 |');
  expect(body).not.toContain('## From the fault on');
});
