import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrograms } from '../../../local/programs';
import { identify, isAlive } from '../../../local/supervisor/identity';
import { AlreadyRunningError, Ledger } from '../../../local/supervisor/ledger';
import {
  ManagedProcess,
  ProcessFailedError,
  type ProcessProps,
} from '../../../local/supervisor/managed-process';

const setpriv = findPrograms().setpriv ?? 'setpriv';
let folder: string;
let ledger: Ledger;
let processes: ManagedProcess[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
  ledger = await Ledger.open(join(folder, 'running.json'));
  processes = [];
});
afterEach(async () => {
  await Promise.all(processes.map((each) => each.stop()));
  ledger.close();
  rmSync(folder, { recursive: true });
});

/** A process that runs a line of shell and is ready when it has made the file `ready`. */
function shell(script: string, props: Partial<ProcessProps> = {}): ManagedProcess {
  const made = new ManagedProcess({
    name: 'worker',
    command: () => ({ program: '/bin/sh', args: ['-c', script], cwd: folder, env: { HIDDEN: 'secret' } }),
    ready: async () => existsSync(join(folder, 'ready')),
    logFile: join(folder, 'worker.log'),
    ledger,
    setpriv,
    graceMilliseconds: 300,
    ...props,
  });
  processes.push(made);
  return made;
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let waited = 0; !condition() && waited < 5_000; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(condition()).toBe(true);
};

test('is started when it is ready, and stopped when it and its children are gone', async () => {
  const worker = shell('sleep 60 & echo $! > child; touch ready; wait');
  await worker.start();
  const child = identify(Number(readFileSync(join(folder, 'child'), 'utf8')))!;
  expect(isAlive(child)).toBe(true);
  await worker.stop();
  expect(worker.running).toBe(false);
  await until(() => !isAlive(child));
});

test('is killed when it does not listen to being asked', async () => {
  const worker = shell("trap '' TERM INT; touch ready; while :; do sleep 0.05; done", {
    stopSignals: ['SIGTERM', 'SIGINT'],
  });
  await worker.start();
  await worker.stop();
  expect(worker.running).toBe(false);
});

test('that ends while it starts fails with the end of its log', async () => {
  const failure = await shell('echo no such database; exit 3')
    .start()
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProcessFailedError);
  expect((failure as Error).message).toMatch(
    /worker ended while it started.*worker\.log\n {2}worker \| no such database/,
  );
});

test('that is never ready fails in the time it was given', async () => {
  const worker = shell('sleep 60', { startMilliseconds: 200 });
  await expect(worker.start()).rejects.toThrow('worker was not ready within 0.2 s');
});

test('that cannot be started at all says which program', async () => {
  const worker = shell('', { command: () => ({ program: '/nonexistent/tool', args: [] }) });
  await expect(worker.start()).rejects.toThrow(/\/nonexistent\/tool/);
});

test('that died is not taken for ready because somebody else answers on its port', async () => {
  const worker = shell('exit 1', {
    ready: async () => new Promise((resolve) => setTimeout(() => resolve(true), 200)),
  });
  await expect(worker.start()).rejects.toThrow('ended while it started');
});

test('that ends by itself is reported once, and one that was crashed is not', async () => {
  const reported: string[] = [];
  const worker = shell('touch ready; sleep 0.3; exit 7', {
    onUnexpectedExit: ({ message }) => reported.push(message),
  });
  await worker.start();
  await until(() => reported.length > 0);
  expect(reported).toEqual([expect.stringContaining('worker ended with code 7')]);
  const other = shell('touch ready; sleep 60', { onUnexpectedExit: ({ message }) => reported.push(message) });
  await other.start();
  await other.crash();
  expect(other.running).toBe(false);
  expect(reported).toHaveLength(1);
});

test('can be started again after a crash, and starting a running one does nothing', async () => {
  const worker = shell('touch ready; sleep 60');
  await worker.start();
  const first = worker.pid;
  await worker.start();
  expect(worker.pid).toBe(first);
  await worker.crash();
  await worker.start();
  expect(worker.pid).not.toBe(first);
});

test('gives up waiting when it is told to', async () => {
  const abort = new AbortController();
  const starting = shell('sleep 60').start(abort.signal);
  abort.abort(new Error('Ctrl-C'));
  await expect(starting).rejects.toThrow('Ctrl-C');
});

test('is handed its own settings and none of ours', async () => {
  process.env['OF_THE_PARENT'] = 'leaked';
  try {
    const worker = shell('env > settings; touch ready; sleep 60');
    await worker.start();
    const settings = readFileSync(join(folder, 'settings'), 'utf8');
    expect(settings).toContain('HIDDEN=secret');
    expect(settings).not.toContain('leaked');
  } finally {
    delete process.env['OF_THE_PARENT'];
  }
});

describe('when the parent dies without a chance to stop anything', () => {
  const orphaning = (script: string) => {
    const file = join(folder, 'orphan.json');
    const child = spawn(
      process.execPath,
      [
        '--require',
        'ts-node/register/transpile-only',
        '-e',
        `const { Ledger } = require('./local/supervisor/ledger');
         const { ManagedProcess } = require('./local/supervisor/managed-process');
         const { existsSync } = require('node:fs');
         (async () => {
           const ledger = await Ledger.open(${JSON.stringify(file)});
           const worker = new ManagedProcess({
             name: 'orphan', ledger, setpriv: ${JSON.stringify(setpriv)},
             logFile: ${JSON.stringify(join(folder, 'orphan.log'))},
             command: () => ({ program: '/bin/sh', args: ['-c', ${JSON.stringify(script)}], cwd: ${JSON.stringify(folder)} }),
             ready: async () => existsSync(${JSON.stringify(join(folder, 'ready'))}),
           });
           await worker.start();
           process.stdout.write(String(worker.pid));
           setInterval(() => undefined, 1000);
         })();`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = new Promise<number>((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
    );
    return { child, pid, file };
  };

  test('the kernel stops its children', async () => {
    const { child, pid } = orphaning('touch ready; exec sleep 60');
    const orphan = identify(await pid)!;
    child.kill('SIGKILL');
    await until(() => !isAlive(orphan));
  });

  test('the next start ends those that would not listen', async () => {
    const { child, pid, file } = orphaning("trap '' TERM; touch ready; while :; do sleep 0.05; done");
    const orphan = identify(await pid)!;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(isAlive(orphan)).toBe(true);
    const next = await Ledger.open(file);
    await until(() => !isAlive(orphan));
    next.close();
  });
});

describe('a data folder', () => {
  test('belongs to one start at a time', async () => {
    await expect(Ledger.open(join(folder, 'running.json'))).rejects.toThrow(AlreadyRunningError);
  });

  test('of a process whose number somebody else has now is free, and that somebody is left alone', async () => {
    const file = join(folder, 'stale.json');
    const stale = { pid: process.pid, startTime: '1' };
    writeFileSync(
      file,
      JSON.stringify({ owner: stale, processes: [{ name: 'old', identity: stale }], mounts: [] }),
    );
    const taken = await Ledger.open(file);
    taken.close();
    expect(existsSync(file)).toBe(false);
  });

  test('whose list was cut short by a power failure is free', async () => {
    const file = join(folder, 'cut.json');
    writeFileSync(file, '{"owner": {"pid"');
    (await Ledger.open(file)).close();
  });
});
