import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PodSpec, WorkloadSpec } from '../../constructs/checks/manifest';
import { ofKind } from '../../constructs/checks/manifest';
import { dev } from '../../constructs/environments/dev';
import { synthesize } from '../../constructs/synthesize';
import { freePort } from './control-plane/free-port';
import { until } from './control-plane/until';

jest.setTimeout(400_000);

const root = join(__dirname, '..', '..');
const nobody = 65534;

describe('what the image contains', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  const app = join(folder, 'app');
  let child: ChildProcess | undefined;

  beforeAll(() => {
    chmodSync(folder, 0o755);
    execFileSync('sh', ['image/assemble.sh', app], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  });
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is small, and holds nothing that only a build or a cluster needs', () => {
    const megabytes = Number(execFileSync('du', ['-sm', app], { encoding: 'utf8' }).split('\t')[0]);
    expect(megabytes).toBeLessThan(120);
    for (const name of ['typescript', 'cdk8s', '@kubernetes', 'jest']) {
      expect(existsSync(join(app, 'node_modules', name))).toBe(false);
    }
  });

  it.each([
    ['chatroom-server', 'server', 'CHATROOM_PORT'],
    ['chatroom-webhook', 'webhook', 'CHATROOM_WEBHOOK_PORT'],
  ])(
    'starts %s as its manifest does, as somebody who may write nothing, and ends when told to',
    async (name, container, variable) => {
      const { args } = containerOf(name, container);
      const port = await freePort();
      child = spawn(process.execPath, args, {
        cwd: app,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { NODE_ENV: 'production', CHATROOM_HOST: '127.0.0.1', [variable]: String(port) },
        // Whoever is not root already writes nothing of root's; in CI we are ourselves.
        ...(process.getuid?.() === 0 && { uid: nobody, gid: nobody }),
      });
      let said = '';
      child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
      child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
      const ended = new Promise<number | null>((resolve) => child?.once('exit', resolve));
      const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

      await until(`${name} to live`, async () => {
        if (child?.exitCode !== null) throw new Error(said);
        return (await get('/healthz')).ok;
      });
      // Alive without its stores, and honest about it.
      expect((await get('/readyz')).status).toBe(503);
      expect(await (await get('/metrics')).text()).toContain('process_cpu_user_seconds_total');
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    },
  );

  it('starts nginx-log-exporter as its manifest does, as somebody who may write nothing', async () => {
    const { args } = containerOf('nginx', 'nginx-log-exporter');
    const port = String(await freePort());
    child = spawn(process.execPath, args, {
      cwd: app,
      stdio: 'ignore',
      env: {
        NODE_ENV: 'production',
        NGINX_LOG_EXPORTER_PORT: port,
        NGINX_LOG_EXPORTER_SYSLOG_PORT: port,
      },
      ...(process.getuid?.() === 0 && { uid: nobody, gid: nobody }),
    });
    const ended = new Promise<number | null>((resolve) => child?.once('exit', resolve));
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await until('nginx-log-exporter to live', async () => (await get('/')).ok);
    expect(await (await get('/metrics')).text()).toContain('nginx_frontend_responses_total');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('is built and run as the Dockerfile says: no root, the same entry, pinned bases', () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
    const stages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(stages).toHaveLength(2);
    for (const image of stages) expect(image).toMatch(/:\d+\.\d+\.\d+-/);
    expect(dockerfile).toContain('RUN sh image/assemble.sh /app');
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node"\]$/m);
    for (const [name, container] of [
      ['chatroom-server', 'server'],
      ['chatroom-webhook', 'webhook'],
      ['nginx', 'nginx-log-exporter'],
    ] as const) {
      const [entry = ''] = containerOf(name, container).args;
      expect(existsSync(join(app, entry))).toBe(true);
    }
    const pod = podOf('chatroom-server') as PodSpec & { securityContext: { runAsUser: number } };
    expect(pod.securityContext.runAsUser).toBe(1000);
  });

  const objects = synthesize(dev, join(folder, 'manifests'));
  function podOf(name: string): PodSpec {
    const found = ofKind<WorkloadSpec>(objects, 'Deployment').find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`there is no Deployment ${name}`);
    return found.spec.template.spec;
  }
  function containerOf(name: string, container: string) {
    const { containers, initContainers = [] } = podOf(name);
    const found = [...containers, ...initContainers].find((one) => one.name === container);
    if (!found) throw new Error(`the pods of ${name} have no container ${container}`);
    return found as PodSpec['containers'][number] & { readonly args: readonly string[] };
  }
});
