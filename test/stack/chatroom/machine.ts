import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ChatClient, type ChatClientProps } from '../../../chatroom/client';
import { Child } from './child';
import { eventually } from './eventually';
import { freePort } from './free-port';

const root = join(__dirname, '..', '..', '..');

/** One of our own processes, with its address. */
export interface OwnProcess {
  readonly child: Child;
  readonly port: number;
  readonly http: string;
  readonly ws: string;
}

/**
 * PostgreSQL, Redis, nginx and our own processes on loopback, in one fresh folder. `stop` ends all of them, whatever
 * the test did to them.
 */
export class Machine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chatroom-test-'));
  readonly #children: Child[] = [];
  readonly #clients: ChatClient[] = [];
  #postgresPort = 0;
  #redisPort = 0;
  postgres!: Child;
  redis!: Child;

  static async start(): Promise<Machine> {
    const machine = new Machine();
    try {
      chmodSync(machine.#folder, 0o755);
      machine.#postgresPort = await freePort();
      machine.#redisPort = await freePort();
      machine.#initPostgres();
      await Promise.all([machine.startPostgres(), machine.startRedis()]);
      await machine.sql('CREATE DATABASE chatroom', [], 'postgres');
    } catch (error) {
      await machine.stop();
      throw error;
    }
    return machine;
  }

  get env(): Record<string, string> {
    return {
      CHATROOM_HOST: '127.0.0.1',
      CHATROOM_DATABASE_URL: `postgres://postgres@127.0.0.1:${this.#postgresPort}/chatroom`,
      CHATROOM_REDIS_URL: `redis://127.0.0.1:${this.#redisPort}`,
    };
  }

  async startPostgres(): Promise<void> {
    const data = join(this.#folder, 'postgres');
    rmSync(join(data, 'postmaster.pid'), { force: true });
    this.postgres = this.#child({
      // setpriv, unlike runuser, becomes the server instead of standing between us and it.
      ...asPostgres([
        postgresBinary('postgres'),
        ...['-D', data, '-p', `${this.#postgresPort}`, '-k', data, '-h', '127.0.0.1'],
        ...['-c', 'max_connections=60'],
      ]),
      cwd: this.#folder,
    });
    await eventually(() => this.sql('SELECT 1', [], 'postgres'), 60_000);
  }

  /** Ends PostgreSQL at once, as a machine that loses power does. */
  async killPostgres(): Promise<void> {
    await this.postgres.stop('SIGQUIT', 20_000);
  }

  /** Every process of PostgreSQL stands still: connections stay open and nothing answers. */
  freezePostgres(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', `${this.postgres.pid}`], {
      encoding: 'utf8',
    });
    for (const pid of [this.postgres.pid, ...children.trim().split(/\s+/).map(Number)]) {
      try {
        process.kill(pid, signal);
      } catch {
        // A backend may end between the listing and the signal.
      }
    }
  }

  async startRedis(): Promise<void> {
    this.redis = this.#child({
      command: 'redis-server',
      args: ['--port', `${this.#redisPort}`, '--bind', '127.0.0.1', '--save', '', '--dir', this.#folder],
    });
    await eventually(() => this.redis.output.includes('Ready to accept connections'));
  }

  /** Starts `chatroom/server.ts` and waits until it is ready (or only alive, where it cannot be ready). */
  async server(
    name: string,
    env: Record<string, string> = {},
    until = 'readyz',
    fixedPort?: number,
  ): Promise<OwnProcess> {
    const port = fixedPort ?? (await freePort());
    return this.#own('chatroom/server.ts', port, until, {
      CHATROOM_REPLICA: name,
      CHATROOM_PORT: `${port}`,
      CHATROOM_DRAIN_SECONDS: '3',
      ...env,
    });
  }

  /** Starts `chatroom/webhook.ts` in the same way. */
  async webhook(env: Record<string, string> = {}, until = 'readyz'): Promise<OwnProcess> {
    const port = await freePort();
    return this.#own('chatroom/webhook.ts', port, until, { CHATROOM_WEBHOOK_PORT: `${port}`, ...env });
  }

  /** nginx in front of some servers, set up as docs/chatroom.md asks for. */
  async nginx(servers: readonly OwnProcess[]): Promise<OwnProcess> {
    const port = await freePort();
    const file = join(this.#folder, `nginx-${port}.conf`);
    writeFileSync(
      file,
      `daemon off; pid ${file}.pid; error_log stderr warn; worker_processes 1; user root;
      events { worker_connections 2048; }
      http {
        access_log off;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
          .map((kind) => `${kind}_temp_path ${this.#folder}/${kind};`)
          .join('\n')}
        map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
        upstream chatroom { ${servers.map((one) => `server 127.0.0.1:${one.port} max_fails=0;`).join(' ')} }
        server {
          listen 127.0.0.1:${port};
          location / {
            proxy_pass http://chatroom;
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_read_timeout 90s;
            proxy_buffering off;
            proxy_next_upstream error timeout http_503;
          }
        }
      }`,
    );
    const child = this.#child({ command: '/usr/sbin/nginx', args: ['-c', file, '-p', this.#folder] });
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
    return addresses(child, port);
  }

  /** A client that is closed with the machine. */
  client(props: ChatClientProps): ChatClient {
    const client = new ChatClient({ backoff: { firstMs: 100, longestMs: 1_000 }, ...props });
    this.#clients.push(client);
    return client;
  }

  async sql<Row extends object>(text: string, values: unknown[] = [], database = 'chatroom'): Promise<Row[]> {
    const client = new Client({
      host: '127.0.0.1',
      port: this.#postgresPort,
      user: 'postgres',
      database,
      connectionTimeoutMillis: 2_000,
    });
    // A server that is killed while we talk to it must fail the query, not the test run.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    this.#clients.forEach((client) => client.close());
    const own = this.#children.filter((child) => child !== this.postgres && child !== this.redis);
    await Promise.all(own.map((child) => child.stop('SIGTERM', 8_000)));
    if (this.postgres?.running) this.freezePostgres('SIGCONT');
    await Promise.all(this.#children.map((child) => child.stop('SIGINT', 8_000)));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #initPostgres(): void {
    const data = join(this.#folder, 'postgres');
    mkdirSync(data);
    execFileSync('chown', ['postgres', data]);
    const { command, args } = asPostgres([
      postgresBinary('initdb'),
      '-D',
      data,
      '-A',
      'trust',
      '-U',
      'postgres',
      '--no-sync',
    ]);
    execFileSync(command, args, { cwd: this.#folder, stdio: 'pipe' });
  }

  async #own(entry: string, port: number, until: string, env: Record<string, string>): Promise<OwnProcess> {
    const child = this.#child({
      command: process.execPath,
      args: ['-r', 'ts-node/register/transpile-only', join(root, entry)],
      cwd: root,
      env: { ...this.env, ...env },
    });
    const own = addresses(child, port);
    await eventually(async () => {
      if (!child.running) throw new Error(`${entry} ended: ${child.output}`);
      return (await fetch(`${own.http}/${until}`)).ok;
    }, 60_000);
    return own;
  }

  #child(props: ConstructorParameters<typeof Child>[0]): Child {
    const child = new Child(props);
    this.#children.push(child);
    return child;
  }
}

const addresses = (child: Child, port: number): OwnProcess => ({
  child,
  port,
  http: `http://127.0.0.1:${port}`,
  ws: `ws://127.0.0.1:${port}/ws`,
});

/** PostgreSQL refuses to run as root. */
const asPostgres = (command: readonly string[]) => ({
  command: 'setpriv',
  args: ['--reuid=postgres', '--regid=postgres', '--init-groups', ...command],
});

function postgresBinary(name: string): string {
  const versions = readdirSync('/usr/lib/postgresql').sort((one, other) => Number(other) - Number(one));
  return `/usr/lib/postgresql/${versions[0]}/bin/${name}`;
}

/** The value of one series on a server's /metrics, 0 if it is not there. */
export async function metric(server: OwnProcess, series: string): Promise<number> {
  const text = await (await fetch(`${server.http}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line ? Number(line.slice(series.length + 1)) : 0;
}
