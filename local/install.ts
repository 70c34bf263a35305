import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { MissingProgram } from './programs';

/** How this machine may be asked to install something. */
export type Privilege = 'root' | 'sudo' | 'none';

/** The Debian packages that bring the missing programs, each once. */
export function packagesFor(missing: readonly MissingProgram[]): readonly string[] {
  return [...new Set(missing.map((program) => program.package))];
}

/** One line that says what is missing and exactly how to get it. */
export function remedy(missing: readonly MissingProgram[]): string {
  const names = missing.map((program) => program.names[0]).join(', ');
  return `missing: ${names}; install with: sudo apt-get install --no-install-recommends ${packagesFor(missing).join(' ')}`;
}

/** Whether packages can be installed without asking anybody anything. */
export function privilege(): Privilege {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return 'none';
  if (process.getuid?.() === 0) return 'root';
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? 'sudo' : 'none';
}

/**
 * Installs packages with apt-get.
 *
 * Debian starts what it installs, on all addresses; nobody who wants to look at a chat room expects that, so
 * the services are kept from starting, now and at the next boot.
 *
 * @param policy - the file that Debian asks before it starts a service
 * @throws Error when apt-get fails, with its exit code.
 */
export function install(
  missing: readonly MissingProgram[],
  as: 'root' | 'sudo',
  policy = '/usr/sbin/policy-rc.d',
): void {
  const allowStarting = forbidStarting(as, policy);
  try {
    run(as, ['apt-get', 'update', '-qq']);
    run(as, ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packagesFor(missing)]);
  } finally {
    allowStarting();
  }
  const units = missing.flatMap(({ unit }) => unit ?? []);
  if (units.length > 0 && existsSync('/run/systemd/system'))
    run(as, ['systemctl', 'disable', '-q', ...units]);
}

/** A policy that ends with 101 means no. Returns how to take it back; one that was there before stays as it is. */
function forbidStarting(as: 'root' | 'sudo', policy: string): () => void {
  if (existsSync(policy)) return () => undefined;
  run(as, ['sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`]);
  return () => run(as, ['rm', '-f', policy]);
}

function run(as: 'root' | 'sudo', command: readonly string[]): void {
  const [program = '', ...args] =
    as === 'sudo' ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', ...command] : command;
  const { status, error } = spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) {
    throw new Error(`"${command.join(' ')}" failed (${error?.message ?? `exit code ${status}`})`, {
      cause: error,
    });
  }
}
