import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorityFile, type DataStore } from '../../../constructs/data-store';
import { postgresqlUrl } from '../../../constructs/postgresql';
import { redisUrl } from '../../../constructs/redis';
import { eventually } from '../chatroom/eventually';
import { freePort } from '../chatroom/free-port';

jest.setTimeout(120_000);

const root = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'encrypted-'));
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children.toReversed()) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: folder, stdio: 'pipe' });
function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore' });
  children.push(child);
  return child;
}

/** An authority, and where it says so a server called `localhost` that it vouches for. */
function authority(name: string, server?: string): void {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  run(
    'openssl',
    'req',
    '-x509',
    ...key,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
    '-subj',
    `/CN=${name}`,
  );
  if (server === undefined) return;
  run(
    'openssl',
    'req',
    ...key,
    '-keyout',
    `${server}.key`,
    '-out',
    `${server}.csr`,
    '-subj',
    '/CN=localhost',
  );
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost');
  const signed = ['-in', `${server}.csr`, '-out', `${server}.crt`, '-extfile', 'names', '-days', '1'];
  run('openssl', 'x509', '-req', ...signed, '-CA', `${name}.crt`, '-CAkey', `${name}.key`, '-CAcreateserial');
}

/** A store as an environment describes it, known by an authority whose certificate lies in the folder. */
const store = (host: string, port: number, name: string): DataStore => ({
  host,
  port,
  peer: { outside: 'world' },
  tls: { authority: { secret: 'stores', key: `${name}.crt` } },
});
/** What Kubernetes does: the file is where the container looks for it, and a secret is what its variable says. */
const here = (text: string) =>
  text.replaceAll('/etc/chatroom/authorities/stores', folder).replace('$(PASSWORD)', 'secret');

/** A metric of an exporter that was just started. */
async function metric(port: number, name: string): Promise<number> {
  return eventually(async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`there is no ${name} yet`);
    return Number(value);
  });
}

/** What Node says of a certificate that it does not accept. */
const refusal = /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|ERR_TLS_CERT_ALTNAME_INVALID)$/;

const trusted = ['localhost', 'ours', 'who they say they are'] as const;
const strangers = [
  ['localhost', 'another', 'known to another authority'],
  ['127.0.0.1', 'ours', 'called otherwise than where they are'],
] as const;

beforeAll(() => {
  chmodSync(folder, 0o755);
  authority('ours', 'server');
  authority('another');
});

describe('a PostgreSQL outside of the cluster', () => {
  let port = 0;
  beforeAll(async () => {
    port = await freePort();
    const data = join(folder, 'data');
    const [command = '', ...prefix] = root ? ['runuser', '-u', 'postgres', '--'] : ['env'];
    if (root) {
      const user = Number(run('id', '-u', 'postgres').toString());
      for (const path of [folder, join(folder, 'server.key')]) chownSync(path, user, -1);
    }
    const bin = join('/usr/lib/postgresql', readdirSync('/usr/lib/postgresql').at(-1) ?? '', 'bin');
    run(command, ...prefix, join(bin, 'initdb'), '-D', data, '-U', 'postgres', '--no-sync');
    writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all all trust\n');
    const options = { ssl: 'on', ssl_cert_file: '../server.crt', ssl_key_file: '../server.key' };
    const settings = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const where = ['-D', data, '-p', String(port), '-k', folder, '-h', 'localhost,127.0.0.1'];
    start(command, [...prefix, join(bin, 'postgres'), ...where, ...settings]);
    await eventually(async () => run(join(bin, 'pg_isready'), '-h', folder, '-p', String(port)));
  });

  const url = (host: string, name: string) =>
    here(postgresqlUrl(store(host, port, name), 'postgres', 'PASSWORD', 'postgres'));
  const exporterSees = async (address: string) => {
    const own = await freePort();
    start('prometheus-postgres-exporter', [`--web.listen-address=127.0.0.1:${own}`], {
      DATA_SOURCE_NAME: address,
    });
    return metric(own, 'pg_up');
  };
  // A process of its own, as the chat room is one, and because Node reads more authorities only when it starts.
  const chatRoomSees = (address: string) =>
    run(
      process.execPath,
      '-e',
      `const { Client } = require('${require.resolve('pg')}'); const client = new Client(${JSON.stringify(address)});
       client.connect().then(() => client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()'))
         .then(({ rows }) => { console.log(rows[0].ssl); return client.end(); })
         .catch(({ code }) => { console.log(code); process.exit(0); });`,
    )
      .toString()
      .trim();

  it(`is used, encrypted, by the chat room and by the exporter where it is ${trusted[2]}`, async () => {
    const address = url(trusted[0], trusted[1]);
    expect(chatRoomSees(address)).toBe('true');
    expect(await exporterSees(address)).toBe(1);
  });

  it.each(strangers)('at %s with the authority %s is told nothing, since it is %s', async (host, name) => {
    const address = url(host, name);
    expect(chatRoomSees(address)).toMatch(refusal);
    expect(await exporterSees(address)).toBe(0);
  });
});

describe('a Redis outside of the cluster', () => {
  let port = 0;
  beforeAll(async () => {
    port = await freePort();
    if (root) chownSync(join(folder, 'server.key'), 0, 0);
    const tls = [
      '--tls-cert-file',
      'server.crt',
      '--tls-key-file',
      'server.key',
      '--tls-ca-cert-file',
      'ours.crt',
    ];
    const options = [
      '--port',
      '0',
      '--tls-port',
      String(port),
      '--tls-auth-clients',
      'no',
      '--requirepass',
      'secret',
    ];
    start('redis-server', ['--save', '', ...options, ...tls]);
    await eventually(async () =>
      run('redis-cli', '--tls', '--insecure', '-h', 'localhost', '-p', String(port), '-a', 'secret', 'ping'),
    );
  });

  const exporterSees = async (target: DataStore) => {
    const own = await freePort();
    start('prometheus-redis-exporter', ['-web.listen-address', `127.0.0.1:${own}`], {
      REDIS_ADDR: redisUrl(target),
      REDIS_PASSWORD: 'secret',
      REDIS_EXPORTER_TLS_CA_CERT_FILE: here(authorityFile(target) ?? ''),
    });
    return metric(own, 'redis_up');
  };
  const chatRoomSees = (target: DataStore) =>
    execFileSync(
      process.execPath,
      [
        '-e',
        `const { createClient } = require('${require.resolve('redis')}');
         const client = createClient({ url: '${here(redisUrl(target, ':$(PASSWORD)@'))}', socket: { reconnectStrategy: false } });
         client.on('error', () => undefined);
         client.connect().then(() => client.ping()).then((pong) => { console.log(pong); client.destroy(); })
           .catch(({ code }) => { console.log(code); process.exit(0); });`,
      ],
      { encoding: 'utf8', env: { ...process.env, NODE_EXTRA_CA_CERTS: here(authorityFile(target) ?? '') } },
    ).trim();

  it(`is used by the chat room and by the exporter where it is ${trusted[2]}`, async () => {
    const target = store(trusted[0], port, trusted[1]);
    expect(chatRoomSees(target)).toBe('PONG');
    expect(await exporterSees(target)).toBe(1);
  });

  it.each(strangers)('at %s with the authority %s is told nothing, since it is %s', async (host, name) => {
    const target = store(host, port, name);
    expect(chatRoomSees(target)).toMatch(refusal);
    expect(await exporterSees(target)).toBe(0);
  });
});
