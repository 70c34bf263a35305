import { LatencyHistogram } from '../../../bench/measure/latency-histogram';

function histogramOf(latencies: Iterable<number>): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latency of latencies) histogram.add(latency);
  return histogram;
}

test.each([
  [0.5, 500],
  [0.99, 990],
  [1, 1_000],
])('quantile %d of 1 to 1,000 ms is %d ms, at most 2 %% above', (share, truth) => {
  const measured = histogramOf(Array.from({ length: 1_000 }, (_, index) => index + 1)).quantile(share);
  expect(measured).toBeGreaterThanOrEqual(truth);
  expect(measured).toBeLessThanOrEqual(truth * 1.02);
});

test('a quantile never exceeds the longest latency there was', () => {
  expect(histogramOf([7]).quantile(0.99)).toBe(7);
});

test('latencies below the resolution and beyond a minute are counted, too', () => {
  const histogram = histogramOf([0, 0.001, 90_000]);
  expect(histogram.count).toBe(3);
  expect(histogram.quantile(1)).toBe(90_000);
});

test('nothing measured is an error rather than a latency of zero', () => {
  expect(() => new LatencyHistogram().quantile(0.5)).toThrow('no latency was measured');
});
