import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createClient } from 'redis';
import { createRoles, database } from '../../../constructs/postgresql';
import { redisCommand } from '../../../constructs/redis';

jest.setTimeout(60_000);

// Quotes and spaces: what a password may hold that a shell or SQL would trip over.
const password = `it's "quoted" $HOME`;

describe('what the stores of development run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stores-'));
  const children: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of children) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes the roles of the chat room and of its exporter in PostgreSQL, and no more', async () => {
    const root = process.getuid?.() === 0;
    const as = root ? ['runuser', '-u', 'postgres', '--'] : ['env'];
    if (root) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })), -1);
    const bin = join('/usr/lib/postgresql', readdirSync('/usr/lib/postgresql').at(-1) ?? '', 'bin');
    const data = join(folder, 'data');
    const port = await freePort();
    const [command = '', ...prefix] = as;
    execFileSync(
      command,
      [...prefix, join(bin, 'initdb'), '-D', data, '-U', 'postgres', '--no-sync', '--auth=trust'],
      {
        stdio: 'ignore',
      },
    );
    writeFileSync(
      join(data, 'pg_hba.conf'),
      'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n',
    );
    children.push(
      spawn(
        command,
        [...prefix, join(bin, 'postgres'), '-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1'],
        { stdio: 'ignore' },
      ),
    );
    const script = join(folder, '10-roles.sql');
    writeFileSync(script, createRoles, { mode: 0o644 });
    const psql = [
      'psql',
      '-h',
      folder,
      '-p',
      String(port),
      '-U',
      'postgres',
      '-v',
      'ON_ERROR_STOP=1',
      '-f',
      script,
    ];
    const environment = { ...process.env, CHATROOM_PASSWORD: password, EXPORTER_PASSWORD: `${password}2` };
    await eventually(() =>
      execFileSync(command, [...prefix, join(bin, 'pg_isready'), '-h', folder, '-p', String(port)]),
    );
    execFileSync(command, [...prefix, ...psql], { env: environment, stdio: 'pipe' });

    const query = async (user: string, secret: string, name: string, text: string) => {
      const client = new Client({ host: '127.0.0.1', port, user, password: secret, database: name });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(text)).rows[0];
      } finally {
        await client.end();
      }
    };
    await query(database.user, password, database.name, 'CREATE TABLE mine (id int)');
    expect(
      await query(
        database.exporter,
        `${password}2`,
        'postgres',
        `SELECT pg_has_role('pg_monitor', 'member') AS monitor, rolsuper AS super FROM pg_roles WHERE rolname = current_user`,
      ),
    ).toEqual({ monitor: true, super: false });
    await expect(query(database.exporter, password, 'postgres', 'SELECT 1')).rejects.toThrow(/password/);
  });

  it('starts Redis with its password from the environment and its limit, and shows neither to whoever lists processes', async () => {
    const port = await freePort();
    const [command = '', ...args] = redisCommand('64mb').map((part) =>
      part.replace('/data', `${folder} --port ${port} --bind 127.0.0.1`),
    );
    const child = spawn(command, args, {
      env: { ...process.env, REDIS_PASSWORD: 'secret-1234' },
      stdio: 'ignore',
    });
    children.push(child);
    const client = createClient({ url: `redis://:secret-1234@127.0.0.1:${port}` });
    client.on('error', () => undefined);
    await client.connect();
    expect(await client.configGet('maxmemory')).toEqual({ maxmemory: String(64 * 1024 * 1024) });
    expect(await client.configGet('maxmemory-policy')).toEqual({ 'maxmemory-policy': 'noeviction' });
    client.destroy();
    expect(execFileSync('ps', ['-o', 'args=', '-p', String(child.pid)], { encoding: 'utf8' })).not.toContain(
      '1234',
    );
    const stranger = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
    stranger.on('error', () => undefined);
    await stranger.connect().catch(() => undefined);
    await expect(stranger.ping()).rejects.toThrow(/NOAUTH|closed/);
    stranger.destroy();
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function eventually(attempt: () => unknown): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      attempt();
      return;
    } catch (failure) {
      if (tries > 100) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
