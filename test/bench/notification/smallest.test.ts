import { intervalsOf, smallest } from '../../../bench/notification/smallest';
import { noticing } from '../../../bench/notification/noticing';
import { catalogue } from '../../../monitoring/catalogue';
import { production } from '../../../monitoring/environments/production';

const catalogued = catalogue(production);
const realTime = { factor: 1 };

test('a killed chat server can be told of within a scrape, an evaluation, for and group_wait', () => {
  const intervals = intervalsOf('ChatRoomServerDown', 'chatroom-server', catalogued, realTime);
  expect(intervals).toEqual({
    scrape: 10_000,
    evaluation: 15_000,
    range: 0,
    held: 60_000,
    groupWait: 5_000,
  });
  expect(smallest(intervals, noticing('server'))).toBe(90_000);
});

test('a ratio over five minutes needs a share of them to fill with failures', () => {
  const intervals = intervalsOf('ChatRoomHighErrorRate', 'chatroom-server', catalogued, realTime);
  expect(intervals).toMatchObject({ range: 300_000, held: 120_000 });
  // 10 s + 15 s + a fifth of 5 min + 2 min + 5 s
  expect(smallest(intervals, noticing('errors'))).toBe(210_000);
});

test('a slow request is counted only when it has been answered', () => {
  expect(noticing('slow').plus).toBe(4_000);
});

test('compressed intervals are those that the compressed stack is given, rounded up to whole evaluations', () => {
  const compressed = intervalsOf('ChatRoomServerDown', 'chatroom-server', catalogued, { factor: 10 });
  expect(compressed.groupWait).toBe(500);
  expect(compressed.held % compressed.evaluation).toBe(0);
  expect(compressed.held).toBeGreaterThanOrEqual(6_000);
});

test('an alert that is not there, or a job, is named', () => {
  expect(() => intervalsOf('Nothing' as never, 'chatroom-server', catalogued, realTime)).toThrow('Nothing');
  expect(() => intervalsOf('ChatRoomServerDown', 'nowhere', catalogued, realTime)).toThrow('job="nowhere"');
});
