import { pairedRatio, summary } from '../../../bench/measure/statistics';

test('a summary holds the middle and the ends, whatever the order', () => {
  expect(summary([5, 1, 3])).toEqual({ median: 3, lowest: 1, highest: 5, count: 3 });
});

test('the median of an even number of measurements lies between the middle two', () => {
  expect(summary([4, 1, 2, 10]).median).toBe(3);
});

test.each([[[]], [[1, Number.NaN]]])('measurements that are none are refused: %j', (values) => {
  expect(() => summary(values)).toThrow('the bench measured nothing');
});

test('a ratio is taken between neighbouring turns, so that a slow minute of the machine cancels out', () => {
  // Both contenders were ten times slower in the second turn; the ratio of the medians would be 5.5 / 11 as well,
  // but its spread would not be.
  expect(pairedRatio([10, 1, 5], [20, 2, 10])).toEqual({ median: 0.5, lowest: 0.5, highest: 0.5, count: 3 });
});

test('contenders with a different number of turns do not pair up', () => {
  expect(() => pairedRatio([1, 2], [1])).toThrow('2 and 1 measurements do not pair up');
});
