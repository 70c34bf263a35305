import { backoffMs } from '../../chatroom/backoff';

const props = { firstMs: 500, longestMs: 30_000 };

test('pauses double up to the longest', () => {
  expect([0, 1, 2, 3, 10, 1_000].map((failures) => backoffMs(props, failures, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 30_000, 30_000,
  ]);
});

test('two clients that were cut off together come back at different times', () => {
  expect(backoffMs(props, 3, 0)).toBe(2_000);
  expect(backoffMs(props, 3, 0.5)).toBe(3_000);
});
