import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faults } from '../../../bench/anomaly/faults/fault';
import { faultySeries, healthySeries, type GeneratedSeries } from '../../../bench/anomaly/faults/generate';
import { loadShapes } from '../../../bench/anomaly/faults/load';
import { main } from '../../../operator/anomaly-cli/main';

const span = { days: 16, intervalSeconds: 60, seed: 7 };
const named = (name: string) => faults.find((fault) => fault.name === name)!;
const users = loadShapes[0]!;
const injected: Record<string, GeneratedSeries> = {
  healthy: healthySeries(users, span),
  ...Object.fromEntries(
    ['spike', 'level shift', 'drop to zero', 'frozen', 'missing'].map((name) => [
      name.replaceAll(' ', '_'),
      faultySeries(users, named(name), { ...span, from: 14.6 }),
    ]),
  ),
};
const end = injected.healthy!.times.at(-1)!;

let folder: string;
let url: string;
let prometheus: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anomaly-prometheus-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n');
  writeFileSync(join(folder, 'series.om'), openMetrics());
  execFileSync('promtool', [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    '--max-block-duration=240h',
    join(folder, 'series.om'),
    join(folder, 'data'),
  ]);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  await ready();
}, 180_000);

afterAll(async () => {
  if (prometheus && prometheus.exitCode === null) {
    const gone = new Promise((done) => prometheus!.once('exit', done));
    prometheus.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Found {
  readonly labels: { readonly fault: string };
  readonly anomalies: readonly { readonly time: number; readonly explanation: readonly string[] }[];
}

async function found(...more: string[]): Promise<Found[]> {
  const lines: string[] = [];
  await main([...common('load'), '--json', ...more], end, (text) => lines.push(text));
  return lines.map((line) => JSON.parse(line) as Found);
}

const common = (query: string) => [
  ...['--prometheus', url, '--query', query, '--days', '16', '--step', '60'],
  ...['--end', `${end / 1000}`],
];

describe('the anomaly command on a real Prometheus', () => {
  it('finds the faults where they begin, explains them, and leaves the healthy series alone', async () => {
    const all = await found();
    expect(all.map(({ labels }) => labels.fault).sort()).toEqual(Object.keys(injected).sort());
    for (const { labels, anomalies } of all) {
      const { faulty, times } = injected[labels.fault]!;
      const onsets = anomalies.map(({ time }) => Math.round((time - times[faulty?.[0] ?? 0]!) / 60_000));
      if (!faulty) expect(onsets).toEqual([]);
      else expect(onsets[0]).toBeGreaterThanOrEqual(0);
      if (faulty) expect(onsets[0]).toBeLessThanOrEqual(labels.fault === 'missing' ? 7 : 2);
      for (const { explanation } of anomalies) expect(explanation.length).toBeGreaterThan(2);
    }
  }, 180_000);

  it('draws series, band and anomalies as SVG', async () => {
    const file = join(folder, 'chart.svg');
    const lines: string[] = [];
    await main([...common('load{fault="spike"}'), '--chart', file], end, (text) => lines.push(text));
    expect(lines.join('\n')).toMatch(
      /^load\{fault="spike"\}: \d+ anomal(y|ies) in \d+ samples\n {2}2026-01-19T/,
    );
    const svg = readFileSync(file, 'utf8');
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('load{fault=&quot;spike&quot;}');
    expect(svg).toContain('#9ecae1');
    expect(svg).toContain('#d62728');
  }, 120_000);

  it.each([
    ['nothing_of_that_name', [], /gives no series between/],
    ['load', ['--max-series', '2'], /6 series, more than the 2/],
    ['load{', [], /Prometheus refuses load\{: bad_data/],
  ])('says what is wrong with %s', async (query, more, message) => {
    await expect(main([...common(query), ...more], end, () => {})).rejects.toThrow(message);
  });
});

function openMetrics(): string {
  const lines = Object.entries(injected).flatMap(([fault, { times, values }]) =>
    values.flatMap((value, index) =>
      Number.isNaN(value) ? [] : [`load{fault="${fault}"} ${value} ${times[index]! / 1000}`],
    ),
  );
  return ['# HELP load Generated load.', '# TYPE load gauge', ...lines, '# EOF', ''].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function ready(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`Prometheus at ${url} did not become ready within a minute.`);
}
