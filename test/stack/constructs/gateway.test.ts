import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { nginxConfiguration } from '../../../constructs/gateway';
import { startExporter, type RunningExporter } from '../../../nginx-log-exporter/exporter';

jest.setTimeout(30_000);

/** As short as can be waited for. */
const drainSeconds = 2;

// Debian keeps it where only root looks.
const program = execFileSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v nginx'], {
  encoding: 'utf8',
}).trim();

describe('nginx with the configuration of the gateway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  let upstream: Server;
  let nginx: ChildProcess | undefined;
  let log: RunningExporter;
  let ports: { readonly http: number; readonly status: number };

  beforeAll(async () => {
    upstream = createServer((request, response) => {
      response.end(JSON.stringify({ path: request.url, headers: request.headers }));
    });
    new WebSocketServer({ server: upstream, path: '/ws' }).on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(`echo ${data.toString()}`));
    });
    const target = await listen(upstream);
    log = await startExporter({ host: '127.0.0.1', syslogHost: '127.0.0.1', syslogPort: 0, metricsPort: 0 });
    ports = { http: await freePort(), status: await freePort() };
    const file = join(folder, 'nginx.conf');
    // As written for a pod, but for the ports and the folder, which here are shared with others.
    writeFileSync(
      file,
      nginxConfiguration(`127.0.0.1:${target}`, drainSeconds)
        .replace('listen 8080;', `listen 127.0.0.1:${ports.http};`)
        .replace('listen 127.0.0.1:8081;', `listen 127.0.0.1:${ports.status};`)
        .replace(/(?<=syslog:server=127\.0\.0\.1:)\d+/, String(log.syslogPort))
        .replaceAll('/tmp/', `${folder}/`)
        .replace(/worker_rlimit_nofile \d+;/, ''),
    );
    execFileSync(program, ['-t', '-e', 'stderr', '-c', file], { stdio: 'pipe' });
    nginx = spawn(program, ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
    await answering(`http://127.0.0.1:${ports.http}/nginx-health`);
  });

  afterAll(async () => {
    const gone = new Promise((resolve) => (nginx ? nginx.once('exit', resolve) : resolve(undefined)));
    nginx?.kill('SIGTERM');
    await gone;
    await log.close();
    upstream.closeAllConnections();
    await new Promise((resolve) => upstream.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  it('passes requests on, and says who asked', async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.http}/rooms?x=1`);
    const { path, headers } = (await answer.json()) as { path: string; headers: Record<string, string> };
    expect(path).toBe('/rooms?x=1');
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    // An ordinary request must not ask for an upgrade, or its connection could not be kept.
    expect(headers['upgrade']).toBeUndefined();
    expect(headers['connection']).not.toBe('upgrade');
  });

  it.each([
    ['https', 'where an ingress says so', { 'X-Forwarded-Proto': 'https' }],
    ['http', 'where nobody says anything', {}],
    ['http', 'where somebody says what is no protocol', { 'X-Forwarded-Proto': 'gopher, https' }],
  ])('passes on that it was asked by %s %s', async (protocol, _, headers) => {
    const answer = await fetch(`http://127.0.0.1:${ports.http}/`, { headers });
    const passed = ((await answer.json()) as { headers: Record<string, string> }).headers;
    expect(passed['x-forwarded-proto']).toBe(protocol);
  });

  it('upgrades WebSockets, both ways', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${ports.http}/ws`);
    const echo = new Promise<string>((resolve, reject) => {
      socket.once('message', (data: Buffer) => resolve(data.toString()));
      socket.once('error', reject);
    });
    socket.once('open', () => socket.send('hello'));
    expect(await echo).toBe('echo hello');
    socket.terminate();
  });

  it.each(['/metrics', '/readyz', '/healthz'])('keeps %s from the world', async (path) => {
    expect((await fetch(`http://127.0.0.1:${ports.http}${path}`)).status).toBe(404);
  });

  it('says what users were answered to whoever reads its log, and of probes nothing', async () => {
    const answered = async (status: string) => {
      const text = await (await fetch(`http://127.0.0.1:${log.metricsPort}/metrics`)).text();
      return Number(
        text.match(new RegExp(`^nginx_frontend_responses_total\\{class="${status}"\\} (.*)$`, 'm'))?.[1],
      );
    };
    const before = await answered('2xx');
    for (const path of ['/nginx-health', '/metrics', '/healthz', '/rooms']) {
      await fetch(`http://127.0.0.1:${ports.http}${path}`);
    }
    for (let tries = 0; tries < 100 && (await answered('2xx')) === before; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect([await answered('2xx'), await answered('4xx')]).toEqual([before + 1, 0]);
  });

  it('counts for its exporter, where only the pod can ask', async () => {
    const text = await (await fetch(`http://127.0.0.1:${ports.status}/stub_status`)).text();
    expect(text).toContain('Active connections:');
    expect(
      (await fetch(`http://127.0.0.1:${ports.http}/stub_status`)).headers.get('content-type'),
    ).toBeNull();
  });
});

/** Starts a second of its kind, so that one can be told to go while others are tested. */
describe('nginx that is told to go', () => {
  it('keeps who is connected until its time is up, and has ended before anybody would end it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'draining-'));
    const upstream = createServer();
    new WebSocketServer({ server: upstream }).on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(data));
    });
    const target = await listen(upstream);
    const port = await freePort();
    const file = join(folder, 'nginx.conf');
    writeFileSync(
      file,
      nginxConfiguration(`127.0.0.1:${target}`, drainSeconds)
        .replace('listen 8080;', `listen 127.0.0.1:${port};`)
        .replace('listen 127.0.0.1:8081;', `listen 127.0.0.1:${await freePort()};`)
        .replaceAll('/tmp/', `${folder}/`)
        .replace(/worker_rlimit_nofile \d+;/, ''),
    );
    const nginx = spawn(program, ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => nginx.once('exit', resolve));
    await answering(`http://127.0.0.1:${port}/nginx-health`);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    await new Promise((resolve) => socket.once('open', resolve));
    const cutOff = new Promise<string>((resolve) => socket.once('close', () => resolve('cut off')));

    nginx.kill('SIGQUIT');
    // New connections go elsewhere; who is connected can still talk.
    for (let tries = 0; tries < 100 && (await isOpen(port)); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await isOpen(port)).toBe(false);
    const echo = new Promise<string>((resolve) => {
      socket.once('message', (data: Buffer) => resolve(data.toString()));
    });
    socket.send('still here');
    expect(await Promise.race([echo, cutOff])).toBe('still here');

    expect(await cutOff).toBe('cut off');
    expect(await ended).toBe(0);
    await new Promise((resolve) => upstream.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });
});

async function isOpen(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/nginx-health`).then(
    () => true,
    () => false,
  );
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const ok = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within 10 s`);
}
