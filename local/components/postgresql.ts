import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { Site } from '../site';
import { component } from './component';

/** As PostgreSQL comes; few enough for a rehearsal to use them up. */
export const maxConnections = 100;

const admin = 'postgres';
export const chatroomRole = 'chatroom';
export const exporterRole = 'chatroom_exporter';
export const database = 'chatroom';

export const postgresql = component({
  name: 'postgresql',
  title: 'PostgreSQL',
  ports: ['postgresql'],
  prepare: initialise,
  command: (site) => ({
    program: site.program('postgres'),
    args: [
      ...['-D', clusterFolder(site), '-p', String(site.ports.postgresql)],
      ...settings({
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        max_connections: String(maxConnections),
      }),
    ],
    cwd: '/',
    user: serverUser(),
  }),
  ready: (site) => withAdmin(site, async (client) => (await client.query('select 1')).rowCount === 1),
  furnish: createRoles,
  // Fast shutdown first; the polite SIGTERM would wait for every client to leave.
  stopSignals: ['SIGINT', 'SIGQUIT'],
  // Backends leave the server's process group, so SIGKILL would let them hold its shared memory for a while.
  crashSignal: 'SIGQUIT',
});

/** Runs something as superuser of the local server. */
export async function withAdmin<T>(site: Site, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port: site.ports.postgresql,
    user: admin,
    password: site.secrets.read('postgres-admin'),
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined); // a server that dies under us is reported by whoever watches it
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function settings(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  if (!line) {
    throw new Error(
      'PostgreSQL does not run as root and there is no user "postgres"; run as an ordinary user',
    );
  }
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * The cluster lies in the data folder. When we are root and the checkout is in a folder closed to others, such
 * as /root, the server could not reach it there: then it lies under /var/tmp with a link to it in its place.
 */
function clusterFolder(site: Site): string {
  const folder = site.path('postgresql');
  if (!serverUser() || isOpenToOthers(site.data)) return folder;
  const key = createHash('sha256').update(site.data).digest('hex').slice(0, 12);
  return `/var/tmp/chatroom-monitoring-${key}/postgresql`;
}

function isOpenToOthers(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (dirname(folder) === folder || isOpenToOthers(dirname(folder)));
}

async function initialise(site: Site): Promise<void> {
  const folder = clusterFolder(site);
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const user = serverUser();
  const place = dirname(folder);
  rmSync(folder, { recursive: true, force: true }); // what an interrupted initdb left is of no use
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = join(place, `.initdb-${process.pid}`);
  writeFileSync(passwordFile, site.secrets.read('postgres-admin'), { mode: 0o600 });
  try {
    if (user) {
      chownSync(folder, user.uid, user.gid);
      chownSync(passwordFile, user.uid, user.gid);
    }
    await promisify(execFile)(
      site.program('initdb'),
      [
        ...['-D', folder, '-U', admin, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
        ...['-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
      ],
      { ...user, cwd: '/' },
    );
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be set up in ${folder}`, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const link = site.path('postgresql');
  if (link !== folder && !lstatSync(link, { throwIfNoEntry: false })) symlinkSync(folder, link);
}

/** Idempotent: a data folder whose passwords were thrown away gets new ones here too. */
async function createRoles(site: Site): Promise<void> {
  await withAdmin(site, async (client) => {
    for (const [role, secret] of [
      [chatroomRole, 'postgres-chatroom'],
      [exporterRole, 'postgres-exporter'],
    ] as const) {
      const known = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = known.rowCount === 0 ? 'create' : 'alter';
      const password = client.escapeLiteral(site.secrets.read(secret));
      await client.query(`${verb} role ${role} login password ${password}`);
    }
    await client.query(`grant pg_monitor to ${exporterRole}`);
    const exists = await client.query('select from pg_database where datname = $1', [database]);
    if (exists.rowCount === 0) await client.query(`create database ${database} owner ${chatroomRole}`);
  });
}
