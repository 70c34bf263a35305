import { exposition, total } from '../../../bench/prometheus/exposition';
import { SimulatedMetrics } from '../../../bench/prometheus/simulated-metrics';

const real = `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{path="/a",status="200"} 10
requests_total{path="/a",status="500"} 0
# TYPE duration_seconds histogram
duration_seconds_bucket{le="0.1",path="/a"} 4
duration_seconds_bucket{le="2",path="/a"} 5
duration_seconds_bucket{le="+Inf",path="/a"} 5
duration_seconds_sum{path="/a"} 0.5
duration_seconds_count{path="/a"} 5
# TYPE connections gauge
connections 100
# TYPE version_info gauge
version_info{version="v24"} 1
`;

const metrics = new SimulatedMetrics(real);
const at = (replica: number, seconds: number) => exposition(metrics.text(replica, seconds));
const value = (series: ReturnType<typeof at>, head: string): number =>
  series.find(({ name, labels }) => `${name}${JSON.stringify(labels)}` === head)?.value ?? Number.NaN;

test('a simulated replica has exactly the series of the real server, and its comments', () => {
  const identity = (text: string) =>
    exposition(text).map(({ name, labels }) => `${name}${JSON.stringify(labels)}`);
  expect(identity(metrics.text(3, 60))).toEqual(identity(real));
  expect(metrics.text(3, 60)).toContain('# TYPE requests_total counter\n');
  expect(metrics.series).toBe(9);
});

test('counters grow, failures far more slowly', () => {
  const [before, after] = [at(0, 10), at(0, 1_010)];
  const growth = (head: string): number => value(after, head) - value(before, head);
  const fine = growth('requests_total{"path":"/a","status":"200"}');
  const failed = growth('requests_total{"path":"/a","status":"500"}');
  expect(fine).toBeGreaterThan(1_000);
  expect(failed).toBeGreaterThan(0);
  expect(failed / fine).toBeLessThan(0.01);
});

test('histograms stay cumulative, and their count is their last bucket', () => {
  for (const seconds of [0, 7, 300]) {
    const series = at(2, seconds);
    const buckets = ['0.1', '2', '+Inf'].map((le) =>
      value(series, `duration_seconds_bucket{"le":"${le}","path":"/a"}`),
    );
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(buckets.at(-1)).toBe(value(series, 'duration_seconds_count{"path":"/a"}'));
  }
});

test('gauges sway around what they were, and constants stay', () => {
  const readings = [0, 30, 60, 90].map((seconds) => value(at(1, seconds), 'connections{}'));
  expect(new Set(readings).size).toBeGreaterThan(1);
  expect(Math.min(...readings)).toBeGreaterThanOrEqual(90);
  expect(Math.max(...readings)).toBeLessThanOrEqual(110);
  expect(value(at(1, 90), 'version_info{"version":"v24"}')).toBe(1);
});

test('no two replicas move alike', () => {
  expect(metrics.text(0, 60)).not.toBe(metrics.text(1, 60));
});

test('a server that exposes nothing cannot be imitated', () => {
  expect(() => new SimulatedMetrics('# HELP nothing\n')).toThrow('exposes no series');
});

test('a metric that Prometheus does not expose is an error rather than zero', () => {
  expect(() => total([], 'prometheus_tsdb_head_series')).toThrow(
    'does not expose prometheus_tsdb_head_series',
  );
});
