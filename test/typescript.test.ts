import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checkout = join(__dirname, '..');

/** A checkout of its own, so that its cache is its own. */
function project(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'typescript-'));
  for (const name of ['typescript.cjs', '.swcrc']) copyFileSync(join(checkout, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(checkout, 'node_modules', '@swc'), join(folder, 'node_modules', '@swc'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const cache = join(folder, 'node_modules', '.cache', 'typescript');
  return {
    folder,
    kept: () => readdirSync(cache).sort(),
    keep: (name: string, change: (text: string) => string) =>
      writeFileSync(join(cache, name), change(readFileSync(join(cache, name), 'utf8'))),
    run: () =>
      execFileSync(process.execPath, ['--require', './typescript.cjs', 'main.ts'], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      }).trim(),
  };
}

describe('TypeScript that Node runs from a cache', () => {
  const made: string[] = [];
  const start = (main: string, more: Readonly<Record<string, string>> = {}) => {
    const one = project({ 'main.ts': main, ...more });
    made.push(one.folder);
    return one;
  };
  afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  it('runs files that import each other, with the types taken out', () => {
    const { run, kept } = start(
      "import { Greeting } from './greeting';\nconst one: Greeting = new Greeting('hello');\nconsole.log(one.text);",
      { 'greeting.ts': 'export class Greeting { constructor(readonly text: string) {} }' },
    );
    expect(run()).toBe('hello');
    expect(kept()).toEqual(['greeting.ts.js', 'main.ts.js']);
    expect(run()).toBe('hello');
  });

  it('does not compile again what has not changed', () => {
    const { run, keep } = start("console.log('compiled');");
    expect(run()).toBe('compiled');
    keep('main.ts.js', (text) => text.replace("'compiled'", "'kept'"));
    expect(run()).toBe('kept');
  });

  it('never runs what a file was before, even where its size and its time are the same', () => {
    const { run, folder } = start("console.log('one');");
    expect(run()).toBe('one');
    const file = join(folder, 'main.ts');
    const { atime, mtime } = statSync(file);
    writeFileSync(file, "console.log('two');");
    utimesSync(file, atime, mtime);
    expect(run()).toBe('two');
    writeFileSync(file, "console.log('one');");
    expect(run()).toBe('one');
  });

  it('compiles again when the settings of the compiler change', () => {
    const { run, folder } = start('console.log((() => undefined)?.toString());');
    expect(run()).toContain('=>');
    const settings = join(folder, '.swcrc');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('es2023', 'es5'));
    expect(run()).toContain('function');
  });

  it('takes nothing from a cache that holds something else', () => {
    const { run, keep } = start("console.log('right');");
    expect(run()).toBe('right');
    keep('main.ts.js', () => "console.log('wrong');");
    expect(run()).toBe('right');
  });

  it('runs where nothing may be written', () => {
    const { run, folder } = start("console.log('read only');");
    // A file where the folder of the cache would be: nobody can write there, not even root.
    writeFileSync(join(folder, 'node_modules', '.cache'), '');
    expect(run()).toBe('read only');
  });
});
