import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import { kubectl, type Kubectl } from './kubectl';
import { leash, type Leashed } from './leash';
import { toolPath } from './locate';
import { until } from './until';

/** A running Kubernetes control plane: etcd, kube-apiserver and kube-controller-manager, without nodes. */
export interface ControlPlane {
  /** `https://host:port` of the API server. */
  readonly server: string;
  /** PEM file of the authority that signed the API server's certificate. */
  readonly caFile: string;
  /** kubeconfig of a member of system:masters. */
  readonly kubeconfig: string;
  /** Scratch folder that lives as long as the control plane. */
  readonly folder: string;
  /** Seconds from the first process to a ready API server with the default ServiceAccounts in place. */
  readonly startedIn: number;
  /** kubectl as the administrator. */
  readonly kubectl: Kubectl;
  /** Writes a kubeconfig for a bearer token, e.g. of a ServiceAccount, and returns its path. */
  kubeconfigFor(name: string, token: string): string;
  /** Stops a process with the control plane; for what a test starts beside it. */
  own(process: Leashed): Leashed;
  stop(): Promise<void>;
}

/**
 * Starts a control plane on free ports in a fresh folder.
 *
 * It has RBAC and the admission of a real cluster (NodeRestriction, PodSecurity, ResourceQuota and the rest of the
 * defaults) and real controllers, but no scheduler and no kubelet: pods are created and stay pending.
 *
 * The API server signs its own certificate and knows its administrators by token, which spares us an authority.
 * It listens on the machine's own address where there is one, since Kubernetes refuses loopback addresses in the
 * endpoints of the `kubernetes` service; packets to an own address never leave the machine.
 */
export async function startControlPlane(): Promise<ControlPlane> {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'control-plane-'));
  const processes: Leashed[] = [];
  const stop = async () => {
    for (const process of processes.toReversed()) await process.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await launch(folder, processes, stop, started);
  } catch (failure) {
    const logs = processes.map((process) => `--- ${process.name}\n${process.tail()}`).join('\n');
    await stop();
    throw new Error(`the control plane did not start: ${String(failure)}\n${logs}`, { cause: failure });
  }
}

async function launch(
  folder: string,
  processes: Leashed[],
  stop: () => Promise<void>,
  started: number,
): Promise<ControlPlane> {
  const host = ownAddress();
  const [etcdClient, etcdPeer, secure] = [await freePort(), await freePort(), await freePort(host)];
  const token = randomBytes(24).toString('hex');
  const at = (name: string) => join(folder, name);
  const start = (name: Parameters<typeof toolPath>[0], flags: readonly string[]) => {
    const process = leash(name, [toolPath(name), ...flags], { logFile: at(`${name}.log`) });
    processes.push(process);
    return process;
  };

  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(at('sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  writeFileSync(at('sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('tokens.csv'), `${token},administrator,administrator,system:masters\n`, { mode: 0o600 });
  mkdirSync(at('certificates'));

  const etcdUrl = `http://127.0.0.1:${etcdClient}`;
  const peerUrl = `http://127.0.0.1:${etcdPeer}`;
  start('etcd', [
    `--data-dir=${at('etcd')}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ]);
  const apiserver = start('kube-apiserver', [
    `--etcd-servers=${etcdUrl}`,
    `--bind-address=${host}`,
    `--advertise-address=${host}`,
    `--secure-port=${secure}`,
    `--cert-dir=${at('certificates')}`,
    `--token-auth-file=${at('tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction,PodSecurity,ResourceQuota,LimitRanger,ServiceAccount',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${at('sa.pub')}`,
    `--service-account-signing-key-file=${at('sa.key')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--profiling=false',
  ]);

  const server = `https://${host}:${secure}`;
  const caFile = join(at('certificates'), 'apiserver.crt');
  await until('the API server to be ready', () => ready(apiserver, server, caFile), { seconds: 90 });
  const kubeconfigFor = (name: string, bearer: string) => {
    const path = at(`${name}.kubeconfig`);
    writeFileSync(path, kubeconfig(server, readFileSync(caFile, 'utf8'), name, bearer), { mode: 0o600 });
    return path;
  };
  const administrator = kubeconfigFor('administrator', token);
  start('kube-controller-manager', [
    `--kubeconfig=${administrator}`,
    '--use-service-account-credentials',
    `--service-account-private-key-file=${at('sa.key')}`,
    `--root-ca-file=${caFile}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--profiling=false',
  ]);
  const run = kubectl(administrator);
  await until('the default ServiceAccount, which the controller manager creates', async () => {
    const { code } = await run(['get', 'serviceaccount', 'default', '-n', 'default']);
    return code === 0;
  });
  return {
    server,
    caFile,
    kubeconfig: administrator,
    folder,
    startedIn: (Date.now() - started) / 1000,
    kubectl: run,
    kubeconfigFor,
    own(process) {
      processes.push(process);
      return process;
    },
    stop,
  };
}

function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  return own?.address ?? '127.0.0.1';
}

async function ready(apiserver: Leashed, server: string, caFile: string): Promise<boolean> {
  if (apiserver.ended) throw new Error('it has ended');
  const ca = readFileSync(caFile);
  return new Promise((resolve, reject) => {
    const probe = request(`${server}/readyz`, { ca, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.on('error', reject);
    probe.on('timeout', () => probe.destroy(new Error('no answer within 2 s')));
    probe.end();
  });
}

function kubeconfig(server: string, ca: string, user: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user } }],
    'current-context': 'test',
  });
}
