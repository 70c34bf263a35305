import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrograms } from '../../../local/programs';
import { seriesNames } from '../../../monitoring/model/metric';
import { nginxLogMetrics } from '../../../monitoring/metrics/nginx-log';
import { accessLogFormat, accessLogTo } from '../../../monitoring/gateway';
import { startExporter, type RunningExporter } from '../../../nginx-log-exporter/exporter';
import { freePort } from '../chatroom/free-port';
import { until } from '../harness/until';

const folder = mkdtempSync(join(tmpdir(), 'nginx-log-'));
let exporter: RunningExporter;
let backend: Server;
let nginx: ChildProcess;
let front: string;

const metrics = async () => (await fetch(`http://127.0.0.1:${exporter.metricsPort}/metrics`)).text();
const value = async (series: string): Promise<number> =>
  Number(
    (await metrics())
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')[1] ?? NaN,
  );
const reaches = (series: string, expected: number) =>
  until(`${series} to be ${expected}`, 15_000, async () => {
    const found = await value(series);
    return found === expected ? undefined : `it is ${found}`;
  });
const responses = (name: string) => `nginx_frontend_responses_total{class="${name}"}`;
const failures = (reason: string) => `nginx_frontend_upstream_failures_total{reason="${reason}"}`;

beforeAll(async () => {
  exporter = await startExporter({
    host: '127.0.0.1',
    syslogHost: '127.0.0.1',
    syslogPort: 0,
    metricsPort: 0,
  });
  backend = createServer((request, response) => {
    response.writeHead(request.url === '/broken' ? 500 : 200).end('answered');
  });
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  const [port, dead] = await Promise.all([freePort(), freePort()]);
  front = `http://127.0.0.1:${port}`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${folder}/pid; user root; worker_processes 1;
    events { worker_connections 256; }
    http {
      ${accessLogFormat}
      ${accessLogTo(`127.0.0.1:${exporter.syslogPort}`)}
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
      upstream chatroom { server 127.0.0.1:${(backend.address() as AddressInfo).port}; }
      upstream gone { server 127.0.0.1:${dead} fail_timeout=60s; server 127.0.0.1:${dead} fail_timeout=60s; }
      server {
        listen 127.0.0.1:${port};
        location = /missing { return 404; }
        location /gone { proxy_pass http://gone; }
        location / { proxy_pass http://chatroom; }
      }
    }`,
  );
  const program = findPrograms().nginx;
  if (!program) throw new Error('nginx is missing; apt-get install nginx');
  nginx = spawn(program, ['-e', 'stderr', '-c', file, '-p', folder], { stdio: 'ignore' });
  await until('nginx to answer', 15_000, async () =>
    (await fetch(`${front}/missing`).catch(() => undefined)) ? undefined : 'it does not',
  );
}, 60_000);

afterAll(async () => {
  if (nginx?.exitCode === null) {
    nginx.kill('SIGQUIT');
    await once(nginx, 'exit');
  }
  backend?.close();
  await exporter?.close();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

test('what nginx answers is counted by class, and timed', async () => {
  await Promise.all(Array.from({ length: 7 }, () => fetch(`${front}/`)));
  await fetch(`${front}/broken`);
  await reaches(responses('2xx'), 7);
  await reaches(responses('5xx'), 1);
  expect(await value(failures('unreachable'))).toBe(0);
  const counted = await value('nginx_frontend_request_duration_seconds_count');
  expect(await value('nginx_frontend_request_duration_seconds_bucket{le="1"}')).toBe(counted);
});

test('a chat server that is gone is an upstream failure, and so is having none left', async () => {
  await fetch(`${front}/gone`);
  await reaches(responses('5xx'), 2);
  // Both servers were tried in vain and are now out for a minute.
  await fetch(`${front}/gone`);
  await reaches(failures('no_live_upstream'), 1);
  expect((await value(failures('unreachable'))) + (await value(failures('no_live_upstream')))).toBe(2);
});

test('what anybody else sends to its port is counted as refused, and ends nothing', async () => {
  const socket = createSocket('udp4');
  for (const text of ['', 'hello', '<190>x {"s":1}', '{'.repeat(5_000)]) {
    socket.send(text, exporter.syslogPort, '127.0.0.1');
  }
  await reaches('nginx_frontend_lines_refused_total', 4);
  socket.close();
});

test('every metric of the model is exposed, and no label grows', async () => {
  const text = await metrics();
  for (const name of nginxLogMetrics.flatMap((metric) => seriesNames(metric))) {
    expect(text).toMatch(new RegExp(`^${name}[ {]`, 'm'));
  }
  expect(text.split('\n').filter((line) => line.startsWith('nginx_frontend_responses_total{'))).toHaveLength(
    6,
  );
});
