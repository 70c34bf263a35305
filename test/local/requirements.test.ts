import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagesFor, remedy } from '../../local/install';
import { findPrograms, missingPrograms } from '../../local/programs';

describe('on a machine with nothing', () => {
  const programs = findPrograms('/nonexistent');

  test('everything is missing, and running needs less than testing', () => {
    const toStart = missingPrograms('start', programs).map(({ program }) => program);
    const toTest = missingPrograms('test', programs).map(({ program }) => program);
    expect(toStart).toContain('prometheus');
    expect(toStart).not.toContain('chromium');
    expect(toTest).toEqual(expect.arrayContaining([...toStart, 'chromium']));
  });

  test('each package is named once, in one line that can be pasted', () => {
    const line = remedy(missingPrograms('start', programs));
    expect(line).toMatch(
      /sudo apt-get install .*postgresql redis-server nginx prometheus prometheus-alertmanager/,
    );
    expect(line).not.toContain('\n');
    const packages = packagesFor(missingPrograms('test', programs));
    expect(packages).toEqual([...new Set(packages)]);
  });
});

describe('a program', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'programs-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (name: string, mode = 0o755): void => {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), mode);
  };

  test('is found under its upstream name where Debian did not bring it', () => {
    put('alertmanager');
    expect(findPrograms(folder).alertmanager).toBe(join(folder, 'alertmanager'));
  });

  test('is Debian’s where both are there', () => {
    put('alertmanager');
    put('prometheus-alertmanager');
    expect(findPrograms(folder).alertmanager).toBe(join(folder, 'prometheus-alertmanager'));
  });

  test('that may not be executed is missing', () => {
    put('nginx', 0o644);
    expect(findPrograms(folder).nginx).toBeUndefined();
  });
});

describe('installing', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'install-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const policy = (): string => join(folder, 'policy-rc.d');

  /** Runs the installer in a process of its own, with stand-ins for apt-get and sudo first on its PATH. */
  const install = (as: 'root' | 'sudo', aptGet: string) => {
    const tool = (name: string, script: string): void =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    tool('apt-get', `echo "apt-get $*" >> ${folder}/calls; ${aptGet}`);
    tool('sudo', `echo "sudo $1 $2" >> ${folder}/calls; shift 2; exec "$@"`);
    tool('systemctl', `echo "systemctl $*" >> ${folder}/calls`);
    const script = `
      require('ts-node/register/transpile-only');
      const { install } = require('./local/install');
      const { missingPrograms } = require('./local/programs');
      install(missingPrograms('start', {}).filter(({ program }) => program === 'redis' || program === 'nginx'), '${as}', '${policy()}');`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    });
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    return { status, stderr, calls };
  };

  test('updates once, installs what is missing, and keeps Debian from starting it meanwhile', () => {
    const { status, calls } = install('root', `test -x ${policy()} && echo held >> ${folder}/calls`);
    expect(status).toBe(0);
    expect(calls.slice(0, 4)).toEqual([
      'apt-get update -qq',
      'held',
      'apt-get install -y -qq --no-install-recommends redis-server nginx',
      'held',
    ]);
    expect(existsSync(policy())).toBe(false);
  });

  test('names the command that failed, and lets services start again', () => {
    const { status, stderr } = install('root', 'exit 100');
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/"apt-get update -qq" failed \(exit code 100\)/);
    expect(existsSync(policy())).toBe(false);
  });

  test('goes through sudo without asking for a password where we are not root', () => {
    const { calls } = install('sudo', ':');
    expect(calls.filter((call) => call.startsWith('sudo')).every((call) => call.startsWith('sudo -n'))).toBe(
      true,
    );
    expect(calls).toContain('apt-get install -y -qq --no-install-recommends redis-server nginx');
  });
});
