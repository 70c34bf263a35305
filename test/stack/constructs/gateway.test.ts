import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { nginxConfiguration } from '../../../constructs/gateway';

jest.setTimeout(30_000);

// Debian keeps it where only root looks.
const program = execFileSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v nginx'], {
  encoding: 'utf8',
}).trim();

describe('nginx with the configuration of the gateway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  let upstream: Server;
  let nginx: ChildProcess | undefined;
  let ports: { readonly http: number; readonly status: number };

  beforeAll(async () => {
    upstream = createServer((request, response) => {
      response.end(JSON.stringify({ path: request.url, headers: request.headers }));
    });
    new WebSocketServer({ server: upstream, path: '/ws' }).on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(`echo ${data.toString()}`));
    });
    const target = await listen(upstream);
    ports = { http: await freePort(), status: await freePort() };
    const file = join(folder, 'nginx.conf');
    // As written for a pod, but for the ports and the folder, which here are shared with others.
    writeFileSync(
      file,
      nginxConfiguration(`127.0.0.1:${target}`)
        .replace('listen 8080;', `listen 127.0.0.1:${ports.http};`)
        .replace('listen 127.0.0.1:8081;', `listen 127.0.0.1:${ports.status};`)
        .replaceAll('/tmp/', `${folder}/`)
        .replace('worker_rlimit_nofile 65536;', ''),
    );
    execFileSync(program, ['-t', '-e', 'stderr', '-c', file], { stdio: 'pipe' });
    nginx = spawn(program, ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
    await answering(`http://127.0.0.1:${ports.http}/nginx-health`);
  });

  afterAll(async () => {
    const gone = new Promise((resolve) => (nginx ? nginx.once('exit', resolve) : resolve(undefined)));
    nginx?.kill('SIGTERM');
    await gone;
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

  it('counts for its exporter, where only the pod can ask', async () => {
    const text = await (await fetch(`http://127.0.0.1:${ports.status}/stub_status`)).text();
    expect(text).toContain('Active connections:');
    expect(
      (await fetch(`http://127.0.0.1:${ports.http}/stub_status`)).headers.get('content-type'),
    ).toBeNull();
  });
});

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
