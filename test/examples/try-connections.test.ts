import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(60_000);

const root = join(__dirname, '..', '..');
/** What comes of every connection where policies hold. */
const asItShould = {
  'chatroom to postgresql.chatroom.svc 5432': 'open',
  'default to nginx.chatroom.svc 80': 'open',
  'default to grafana.monitoring.svc 3000': 'open',
};

describe('the example that tries connections', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  /** Runs it with a kubectl that writes down what it is told, and whose pods find these connections open. */
  function run(outcomes: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
    folders.push(folder);
    const told = join(folder, 'told');
    writeFileSync(
      join(folder, 'kubectl'),
      `#!${process.execPath}
const args = process.argv.slice(2);
require('node:fs').appendFileSync('${told}', args[0] + '\\n');
if (args[0] === 'exec') {
  const [host, port] = args.slice(-2);
  console.log(${JSON.stringify(outcomes)}[args[2] + ' to ' + host + ' ' + port] ?? 'no answer');
}
`,
      { mode: 0o755 },
    );
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--require', './typescript.cjs', 'examples/kind/try-connections.ts'],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '', PATH: `${folder}:${process.env['PATH']}` },
      },
    );
    return { status, stdout, told: readFileSync(told, 'utf8').trim().split('\n') };
  }

  it('ends well where what exists is open and nothing else is, and takes its pod away', () => {
    const { status, stdout, told } = run(asItShould);
    expect(stdout).not.toContain('should be');
    expect(status).toBe(0);
    expect(told.slice(0, 2)).toEqual(['run', 'wait']);
    expect(told.filter((verb) => verb === 'exec').length).toBeGreaterThan(5);
    expect(told.at(-1)).toBe('delete');
  });

  it.each([
    ['a stranger reaches the database', { 'default to postgresql.chatroom.svc 5432': 'open' }],
    ['a name is not found, which is no policy', { 'default to postgresql.chatroom.svc 5432': 'ENOTFOUND' }],
    [
      'the chat room does not reach its database',
      { 'chatroom to postgresql.chatroom.svc 5432': 'no answer' },
    ],
  ])('ends with an error where %s', (_, outcomes) => {
    const { status, stdout, told } = run({ ...asItShould, ...outcomes });
    expect(stdout.match(/should be/g)).toHaveLength(1);
    expect(status).toBe(1);
    expect(told.at(-1)).toBe('delete');
  });
});

describe('what it runs in a pod', () => {
  const [, attempt = ''] =
    /const attempt = `([^`]+)`/.exec(
      readFileSync(join(root, 'examples', 'kind', 'try-connections.ts'), 'utf8'),
    ) ?? [];
  const tried = (host: string, port: number) =>
    new Promise<string>((resolve) => {
      execFile(process.execPath, ['-e', attempt, host, String(port)], (_, stdout) => resolve(stdout.trim()));
    });

  it('tells a port that accepts from one where nobody listens, and from a name that is not found', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening));
    });
    const { port } = server.address() as { readonly port: number };
    expect(await tried('127.0.0.1', port)).toBe('open');
    await new Promise((resolve) => server.close(resolve));
    expect(await tried('127.0.0.1', port)).toBe('ECONNREFUSED');
    expect(await tried('nobody.invalid', 1)).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });
});
