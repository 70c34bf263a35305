import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { scripts } from '../../package.json';

jest.setTimeout(120_000);

const root = join(__dirname, '..', '..');
const committed = join(root, 'dist', 'k8s');

/** Text by path below a folder. */
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
const run = (command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(join(root, 'node_modules', '.bin', command), [...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });

describe('synthesis', () => {
  it('is the same program for npm and for cdk8s', () => {
    const { app } = parse(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')) as { readonly app: string };
    expect(app).toBe(`node_modules/.bin/${scripts.synth}`);
  });

  it('by cdk8s writes what is committed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'synth-'));
    try {
      const { status, stderr } = run('cdk8s', ['synth', '--check-upgrade=false', '--output', folder]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(Object.keys(contents(folder))).not.toHaveLength(0);
      expect(contents(folder)).toEqual(contents(committed));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that fails leaves what is committed, and nothing besides', () => {
    const before = contents(committed);
    const [, ...args] = scripts.synth.split(' ');
    const { status, stderr } = run('node', args, { CHATROOM_REPOSITORY: 'nowhere' });
    expect(stderr).toContain('repository "nowhere" is no address that Argo CD can clone');
    expect(status).toBe(1);
    expect(contents(committed)).toEqual(before);
    expect(existsSync(`${committed}.draft`)).toBe(false);
  });
});
