import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownRights } from '../../../local/faults/obstacle';
import { freePorts, type Ports } from '../../../local/ports';
import { checkout } from '../../../local/site';
import { Secrets, secretNames } from '../../../local/secrets';

/** `npm start` as people use it: a process of its own, started from the command line and stopped by signals. */
let data: string;
let ports: Ports;
let started: ChildProcess[];

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'npm-start-'));
  ports = await freePorts();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map(ended));
  rmSync(data, { recursive: true, force: true });
}, 60_000);

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

interface Run {
  readonly child: ChildProcess;
  /** Everything it said so far. */
  readonly said: () => string;
  /** Resolves when it has said something that matches; rejects when it ends before. */
  readonly saying: (what: RegExp) => Promise<void>;
  readonly exit: Promise<{ readonly code: number | null; readonly said: string }>;
}

function start(...args: readonly string[]): Run {
  return startAs(undefined, ...args);
}

function startAs(user: number | undefined, ...args: readonly string[]): Run {
  const child = spawn(
    process.execPath,
    [
      ...['--require', '@swc-node/register', 'local/start.ts'],
      ...['--data', data, '--port-base', String(ports.chatroom), ...args],
    ],
    {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'pipe'],
      uid: user,
      gid: user,
      env: { ...process.env, HOME: data },
    },
  );
  started.push(child);
  let said = '';
  const listeners = new Set<() => void>();
  const hear = (text: Buffer): void => {
    said += text.toString();
    listeners.forEach((listener) => listener());
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const exit = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  const saying = (what: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const listener = (): void => {
        if (!what.test(said)) return;
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
      listener();
      void exit.then(() => reject(new Error(`ended without saying ${String(what)}, but:\n${said}`)));
    });
  return { child, said: () => said, saying, exit };
}

/** Processes whose command line or environment mentions the data folder. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const cwd = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return command.includes(folder) || cwd.includes(folder) ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}

const mounts = (): string => readFileSync('/proc/mounts', 'utf8');

test('is ready within ten seconds, says where to look, and leaves nothing behind on Ctrl-C', async () => {
  const run = start();
  await run.saying(/Ctrl-C stops/);
  const [, seconds] = /Ready in ([\d.]+) s/.exec(run.said()) ?? [];
  // On a machine that is busy with something else, it takes its turn.
  const others = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
  expect(Number(seconds)).toBeLessThan(10 * others);
  for (const page of [
    `:${ports.chatroom}`,
    `:${ports.mail}`,
    `:${ports.slack}`,
    `:${ports.prometheus}/alerts`,
  ]) {
    expect(run.said()).toContain(page);
  }
  expect((await fetch(`http://127.0.0.1:${ports.chatroom}/api/rooms`)).status).toBe(200);
  expect(processesOf(data).length).toBeGreaterThan(5);

  run.child.kill('SIGINT');
  expect((await run.exit).code).toBe(0);
  expect(processesOf(data)).toEqual([]);
  expect(existsSync(join(data, 'running.json'))).toBe(false);
}, 60_000);

test('keeps passwords out of logs and command lines, in files that only their owner reads', async () => {
  const run = start('--load', '5');
  await run.saying(/Ctrl-C stops/);
  const secrets = new Secrets(join(data, 'secrets'));
  const values = secretNames.map((name) => secrets.read(name));
  for (const name of readdirSync(join(data, 'secrets'))) {
    expect(statSync(secrets.file(name)).mode & 0o077).toBe(0);
  }
  const commandLines = processesOf(data).join('\n');
  const places = {
    output: run.said(),
    commandLines,
    ...Object.fromEntries(
      readdirSync(join(data, 'logs')).map((name) => [name, readFileSync(join(data, 'logs', name), 'utf8')]),
    ),
  };
  for (const [place, text] of Object.entries(places)) {
    expect({ place, leaked: values.filter((value) => text.includes(value)) }).toEqual({ place, leaked: [] });
  }
}, 60_000);

test('does all of it for an ordinary user too', async () => {
  if (process.getuid?.() !== 0) return; // then every other test here shows it
  const nobody = 65_534;
  chownSync(data, nobody, nobody);
  const run = startAs(nobody, '--break', 'server', '--compress', '30');
  await run.saying(/mail to critical@chatroom\.example\.com: \[告警\]/);
  await run.saying(/Slack #critical-alerts: \[告警\]/);
  await run.saying(/#ops: .*告警/);
}, 90_000);

test('stops in order when it is interrupted while it starts', async () => {
  const run = start();
  await run.saying(/ready: Redis/);
  run.child.kill('SIGINT');
  expect((await run.exit).code).toBe(0);
  expect(run.said()).not.toMatch(/Ready in/);
  expect(processesOf(data)).toEqual([]);
}, 60_000);

test('takes its children with it when it is killed outright, and starts again afterwards', async () => {
  const first = start();
  await first.saying(/Ctrl-C stops/);
  first.child.kill('SIGKILL');
  await first.exit;
  const second = start('--for', '1s');
  expect(await second.exit).toMatchObject({ code: 0, said: expect.stringMatching(/Ready in/) as string });
  expect(processesOf(data)).toEqual([]);
}, 60_000);

test('says in one line that a port is taken, what it is for, and how to choose another', async () => {
  const squatter = await new Promise<Server>((resolve) => {
    const server = createServer().listen(ports.alertmanager, '127.0.0.1', () => resolve(server));
  });
  try {
    const { code, said } = await start().exit;
    expect(code).toBe(1);
    expect(said.trim()).toBe(
      `port ${ports.alertmanager} (Alertmanager) is taken; stop what uses it, or choose another with --port alertmanager=NUMBER or --port-base NUMBER`,
    );
  } finally {
    squatter.close();
  }
}, 30_000);

test('refuses a folder that another start is using', async () => {
  const first = start();
  await first.saying(/Ctrl-C stops/);
  ports = await freePorts();
  const { code, said } = await start().exit;
  expect(code).toBe(1);
  expect(said.trim()).toMatch(/^already running with this data folder \(process \d+\);.*--data$/);
}, 60_000);

const { root, mounts: mayMount } = ownRights();
const whereDisksMount = root && mayMount ? test : test.skip;

whereDisksMount(
  'a disk that was mounted for a rehearsal is unmounted when everything stops',
  async () => {
    const run = start('--break', 'disk', '--compress', '30', '--for', '3s');
    await run.saying(/Broken on purpose/);
    expect(mounts()).toContain(join(data, 'disk'));
    expect((await run.exit).code).toBe(0);
    expect(mounts()).not.toContain(data);
  },
  60_000,
);
