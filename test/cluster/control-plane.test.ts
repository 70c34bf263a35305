import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startControlPlane, type ControlPlane } from './control-plane/start';
import { until } from './control-plane/until';

jest.setTimeout(120_000);

describe('the control plane of the tests', () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(async () => plane?.stop());

  it('is the pinned release of server and client', async () => {
    const { stdout } = await plane.kubectl(['version', '-o', 'json']);
    const { serverVersion, clientVersion } = JSON.parse(stdout) as Record<string, { gitVersion: string }>;
    expect(serverVersion?.gitVersion).toMatch(/^v1\.\d+\.\d+$/);
    expect(clientVersion?.gitVersion).toBe(serverVersion?.gitVersion);
  });

  it('refuses a pod that breaks the Pod Security level of its namespace', async () => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'strict', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
        },
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'nobody', namespace: 'strict' } },
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'rooted', namespace: 'strict' },
          spec: { serviceAccountName: 'nobody', containers: [{ name: 'c', image: 'busybox:1.36' }] },
        },
      ],
    };
    const { code, stderr } = await plane.kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
    expect(code).toBe(1);
    expect(stderr).toContain('violates PodSecurity "restricted:latest"');
  });

  it('knows a ServiceAccount by its token and allows it nothing that nobody granted', async () => {
    const { stdout: token } = await plane.kubectl(['create', 'token', 'default', '-n', 'default']);
    const kubeconfig = plane.kubeconfigFor('default-account', token.trim());
    const run = (args: readonly string[]) => plane.kubectl(['--kubeconfig', kubeconfig, ...args]);
    expect((await run(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'])).stdout).toBe(
      'system:serviceaccount:default:default',
    );
    expect((await run(['get', 'pods'])).stderr).toContain('is forbidden');
  });
});

describe('a leashed process', () => {
  it('dies with its owner, even when the owner is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leash-'));
    const script = `
      const { leash } = require(${JSON.stringify(join(__dirname, 'control-plane', 'leash'))});
      leash('sleeper', ['sh', '-c', 'echo $$ > ${folder}/pid; exec sleep 300'], { logFile: '${folder}/log' });
      setInterval(() => undefined, 1000);`;
    const owner = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
      cwd: join(__dirname, '..', '..'),
      stdio: 'ignore',
    });
    const pidFile = join(folder, 'pid');
    const pid = await until(
      'the sleeper',
      async () => existsSync(pidFile) && Number(readFileSync(pidFile, 'utf8')),
    );
    expect(alive(pid)).toBe(true);
    owner.kill('SIGKILL');
    await until('the sleeper to be gone', async () => !alive(pid), { seconds: 10 });
    rmSync(folder, { recursive: true, force: true });
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
