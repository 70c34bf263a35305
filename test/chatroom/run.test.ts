import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Runs a service of which only the stopping is given, sends it SIGTERM once it is up, and resolves with its exit code. */
async function exitCode(stop: string): Promise<unknown> {
  const program = `
    const { run } = require('./chatroom/run');
    const { createLog } = require('./chatroom/log');
    const hold = setInterval(() => undefined, 1_000);
    run(
      { start: async () => 'here', stop: ${stop} },
      {
        log: createLog('test', 'info'),
        stopTracing: async () => undefined,
        countException: () => undefined,
        stopWithinSeconds: 0.2,
      },
    );`;
  const child = spawn(process.execPath, ['--require', './typescript.cjs', '--eval', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = (await exited) as [unknown];
  return code;
}

test('a process that stops in order exits with 0', async () => {
  expect(await exitCode('async () => clearInterval(hold)')).toBe(0);
}, 30_000);

test('a process that cannot stop exits with 1 all the same, so that something can start it again', async () => {
  expect(await exitCode('() => new Promise(() => undefined)')).toBe(1);
}, 30_000);
