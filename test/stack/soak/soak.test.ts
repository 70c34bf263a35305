import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sudden } from '../../../local/faults';
import { obstacle, ownRights } from '../../../local/faults/obstacle';
import { checkout } from '../../../local/site';
import type { Account } from '../../../soak/account';

/** `npm run soak` as people use it: a process of its own, in its short form. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soak-test-'));
  chmodSync(folder, 0o777); // PostgreSQL's own user has its temporary files here, too
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--require', '@swc-node/register', 'soak/main.ts', ...args], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const exit = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { child, exit, said: () => said };
}

// Those that take a while would fill the minute with one of them.
const quick = sudden.filter((fault) => obstacle(fault, ownRights()) === undefined).map(({ name }) => name);

test('a minute of faults under load comes out clean, and every figure of the account is there', async () => {
  const json = join(folder, 'account.json');
  const { code, said } = await run('--for', '60s', '--seed', '1', '--faults', quick.join(','), '--json', json)
    .exit;
  const account = JSON.parse(readFileSync(json, 'utf8')) as Account & { clean: boolean; seed: number };
  expect(account.objections).toEqual([]);
  expect({ code, clean: account.clean, seed: account.seed }).toEqual({ code: 0, clean: true, seed: 1 });
  expect(said).toContain('Clean.');

  const { alerts, notices, messages, processes } = account;
  expect(alerts.faults.length).toBeGreaterThanOrEqual(2);
  expect(alerts.expected).toBeGreaterThanOrEqual(alerts.faults.length);
  // Everybody is told twice at least: that it fires, and that it is over.
  expect(notices.sent).toBeGreaterThanOrEqual(2 * alerts.expected);
  expect(messages.acknowledged).toBeGreaterThan(50);
  expect(messages).toMatchObject({
    sent: messages.acknowledged,
    stored: messages.acknowledged,
    delivered: messages.acknowledged,
    lost: 0,
  });
  // Which programs are ours is derived from how they are started; these are among them at least.
  const watched = processes.compared.map(({ process }) => process);
  expect(watched).toEqual(
    expect.arrayContaining(['chat-1', 'chat-2', 'webhook', 'nginx-log-exporter', 'slack', 'soak']),
  );
  for (const { start, end } of processes.compared) {
    for (const { residentBytes, liveHeapBytes, handles } of [start, end]) {
      expect(liveHeapBytes).toBeGreaterThan(2 ** 20);
      expect(residentBytes).toBeGreaterThan(liveHeapBytes);
      expect(handles).toBeGreaterThan(3);
    }
  }
}, 420_000);

test('an interrupted run is not clean, says so, heals what it broke and leaves no process behind', async () => {
  const { child, exit, said } = run('--faults', 'redis', '--seed', '1');
  while (!said().includes('1. redis')) {
    if (child.exitCode !== null) throw new Error(`it ended before anything was broken: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill('SIGINT');
  const { code, said: everything } = await exit;
  expect(code).toBe(1);
  expect(everything).toContain('interrupted by SIGINT');
  expect(everything).toContain('NOT clean');
  const [, logs = ''] = /Logs: (\S+)/.exec(everything) ?? [];
  // The list of what must not outlive the run is removed when nothing of it is left.
  expect(() => readFileSync(join(logs, '..', 'running.json'))).toThrow('ENOENT');
}, 240_000);
