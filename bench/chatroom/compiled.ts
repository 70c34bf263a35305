import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../local/site';
import type { Command } from '../../local/supervisor/command';

const folder = join(checkout, 'build', 'bench');

/**
 * Compiles the contenders as they are shipped. Compiled while it is loaded, a server would carry the compiler and the
 * heap that it needed, and be charged for them at its first thousand connections.
 */
export function compileContenders(): void {
  rmSync(folder, { recursive: true, force: true });
  const tsc = join(checkout, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', join(__dirname, 'tsconfig.compiled.json')], {
    stdio: 'inherit',
  });
  for (const assets of ['web', 'migrations']) {
    cpSync(join(checkout, 'chatroom', assets), join(folder, 'chatroom', assets), { recursive: true });
  }
}

/** How to start a contender that was compiled. */
export function compiled(
  entry: string,
  nodeFlags: readonly string[],
  env: Readonly<Record<string, string>>,
): Command {
  return {
    program: process.execPath,
    args: [...nodeFlags, join(folder, entry)],
    env: { NODE_ENV: 'production', ...env },
    cwd: checkout,
  };
}
