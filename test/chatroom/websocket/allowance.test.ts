import { Allowance } from '../../../chatroom/websocket/allowance';

const take = (allowance: Allowance, now: number, times: number) =>
  Array.from({ length: times }, () => allowance.take(now)).filter(Boolean).length;

test('a burst is allowed at once, then so many per second', () => {
  const allowance = new Allowance({ perSecond: 10, burst: 40 }, 0);
  expect(take(allowance, 0, 100)).toBe(40);
  expect(take(allowance, 1_000, 100)).toBe(10);
  expect(take(allowance, 1_050, 100)).toBe(0);
  expect(take(allowance, 1_100, 100)).toBe(1);
});

test('what was not used is saved only up to the burst', () => {
  const allowance = new Allowance({ perSecond: 10, burst: 40 }, 0);
  expect(take(allowance, 3_600_000, 100)).toBe(40);
});

test('a clock that is set back neither gives nor blocks for ever', () => {
  const allowance = new Allowance({ perSecond: 10, burst: 1 }, 10_000);
  expect(take(allowance, 10_000, 2)).toBe(1);
  expect(take(allowance, 0, 2)).toBe(0);
  expect(take(allowance, 100, 2)).toBe(1);
});
