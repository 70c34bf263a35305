import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(60_000);

const root = join(__dirname, '..', '..');
const mail = (ID: string, Subject: string, Address = 'critical@chatroom.example.com') => ({
  ID,
  Subject,
  To: [{ Address }],
});
const page = '[告警] [严重] PostgreSQL 数据库不可用（postgres-exporter:9187）';
const allClear = '[已恢复] [严重] PostgreSQL 数据库不可用（postgres-exporter:9187）';

/** A kubectl that writes down what it is told, and whose cluster sends these mails once it has been told so often. */
function cluster(mails: readonly (readonly unknown[])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const told = join(folder, 'told');
  writeFileSync(told, '');
  writeFileSync(join(folder, 'mails.json'), JSON.stringify(mails));
  writeFileSync(
    join(folder, 'kubectl'),
    `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const [verb, ...rest] = process.argv.slice(2);
if (verb === 'port-forward') {
  const mails = JSON.parse(readFileSync('${join(folder, 'mails.json')}', 'utf8'));
  const server = require('node:http').createServer((request, response) => {
    const times = readFileSync('${told}', 'utf8').split('\\n').length - 1;
    response.end(JSON.stringify({ messages: mails.slice(0, times + 1).flat() }));
  });
  server.listen(0, '127.0.0.1', () => console.log('Forwarding from 127.0.0.1:' + server.address().port + ' -> 8025'));
} else appendFileSync('${told}', [verb, ...rest].join(' ') + '\\n');
`,
    { mode: 0o755 },
  );
  const run = () =>
    new Promise<{ readonly code: number | null; readonly said: string }>((resolve) => {
      const child = spawn(
        process.execPath,
        ['--require', './typescript.cjs', 'examples/kind/break-postgresql.ts'],
        {
          cwd: root,
          env: { ...process.env, NODE_OPTIONS: '', PATH: `${folder}:${process.env['PATH']}` },
        },
      );
      let said = '';
      child.stdout.on('data', (text: Buffer) => (said += text.toString()));
      child.stderr.on('data', (text: Buffer) => (said += text.toString()));
      child.once('exit', (code) => resolve({ code, said }));
    });
  return { folder, run, told: () => readFileSync(told, 'utf8').trim().split('\n') };
}

describe('the example that breaks PostgreSQL', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  it('takes it away, waits for the page that comes of it, gives it back, and waits for the all-clear', async () => {
    // A page and an all-clear of the start lie there already; the team's mail is not the page.
    const { folder, run, told } = cluster([
      [mail('old', page), mail('older', allClear)],
      [mail('team', page, 'dba@example.com'), mail('new', `${page} two`)],
      [mail('over', `${allClear} two`)],
    ]);
    folders.push(folder);
    const { code, said } = await run();
    expect(said).toContain(`${page} two`);
    expect(said).toContain(`${allClear} two`);
    expect(code).toBe(0);
    expect(told().map((line) => line.replace('scale -n chatroom statefulset/postgresql ', ''))).toEqual([
      '--replicas=0',
      '--replicas=1',
      '--replicas=1',
    ]);
  });

  it('ends with an error where the mail catcher cannot be reached, and breaks nothing', async () => {
    const { folder, run, told } = cluster([]);
    folders.push(folder);
    writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho "$@" >> ${join(folder, 'told')}\nexit 1\n`, {
      mode: 0o755,
    });
    const { code, said } = await run();
    expect(code).toBe(1);
    expect(said).toContain('kubectl port-forward ended with 1');
    expect(told()).toEqual(['port-forward -n monitoring service/mail-catcher :8025']);
  });
});
