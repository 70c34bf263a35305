import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findPrograms } from '../../../local/programs';
import { files } from '../../../monitoring/render/prometheus';
import { sloReport } from '../../../reports/slo';
import type { Standing } from '../../../reports/slo-standing';
import { freePort } from '../chatroom/free-port';
import { until } from '../harness/until';

const checkout = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'slo-'));

/** A chat server as Prometheus sees it: ready, and asked 20 times a second, of which one in ten fails. */
let server: Server;
let prometheus: ChildProcess;
let url: string;

async function report(...options: readonly string[]) {
  let written = '';
  let complaint = '';
  const code = await sloReport(['--prometheus', url, ...options], {
    write: (text) => (written += text),
    complain: (text) => (complaint += text),
  });
  return { code, written, complaint };
}

const standings = async (): Promise<readonly Standing[]> => {
  const { code, written } = await report('--json');
  return code === 0 ? (JSON.parse(written) as Standing[]) : [];
};

beforeAll(async () => {
  const began = Date.now();
  server = createServer((_request, response) => {
    const requests = (Date.now() - began) / 50;
    const line = (status: number, value: number) =>
      `chatroom_http_requests_total{method="GET",path="/api/rooms",status="${status}"} ${value}\n`;
    response.end(`chatroom_ready 1\n${line(200, requests * 0.9)}${line(500, requests * 0.1)}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: target } = server.address() as AddressInfo;
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'prometheus.yml'),
    stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [join(checkout, 'dist', 'standalone', files.recordingRules)],
      scrape_configs: [
        { job_name: 'chatroom-server', static_configs: [{ targets: [`127.0.0.1:${target}`] }] },
        { job_name: 'prometheus', static_configs: [{ targets: [`127.0.0.1:${port}`] }] },
      ],
    }),
  );
  const program = findPrograms().prometheus;
  if (!program) throw new Error('prometheus is missing; apt-get install prometheus');
  prometheus = spawn(
    program,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  await until('Prometheus to be ready', 30_000, async () =>
    (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok ? undefined : 'it is not',
  );
}, 60_000);

afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  if (prometheus?.exitCode === null) {
    prometheus.kill('SIGKILL');
    await once(prometheus, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

const availability = async () => (await standings()).find(({ slo }) => slo === 'chatroom-availability');

test('a failing service is seen to burn its budget, at its weight in the whole period, and an untouched promise is not', async () => {
  await until('a tenth of the requests to be seen failing', 60_000, async () => {
    const found = await availability();
    return found && found.burnRates['1h'] > 1 ? undefined : `found ${JSON.stringify(found)}`;
  });
  const [asked, latency] = await standings();
  expect(asked?.objective).toBe(0.999);
  // A minute of which a tenth failed, of the 43 that there are for the whole period.
  expect(asked?.budgetRemaining).toBeLessThan(1);
  expect(asked?.budgetRemaining).toBeGreaterThan(0.97);
  expect(asked?.achieved).toBeGreaterThan(0.9999);
  expect(asked?.known).toBeGreaterThan(0);
  expect(asked?.known).toBeLessThan(0.001);
  expect(latency).toMatchObject({ slo: 'chatroom-latency', achieved: 1, budgetRemaining: 1 });
}, 90_000);

test('the table names every promise', async () => {
  const { code, written } = await report();
  expect(code).toBe(0);
  expect(written).toMatch(/^chatroom-availability\s+99\.900 %\s+\d/m);
  expect(written).toMatch(/^chatroom-latency\s+99\.000 %\s+100\.000 %\s+100\.0 %/m);
  expect(written).toMatch(/^chatroom-delivery/m);
});

test('half a minute of outage costs about as much of the 43, although nobody is asking any more', async () => {
  const before = (await availability())!;
  server.close();
  server.closeAllConnections();
  await until('the outage to cost budget', 60_000, async () => {
    const found = await availability();
    const cost = (before.budgetRemaining - (found?.budgetRemaining ?? 1)) * 43.2 * 60;
    return found && cost > 25 ? undefined : `found ${JSON.stringify(found)}`;
  });
}, 90_000);
