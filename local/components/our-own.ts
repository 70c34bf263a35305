import { join } from 'node:path';
import { checkout } from '../site';
import type { Command } from '../supervisor/command';

/** How to start a program of this repository: by the Node that runs us, compiled as it is loaded. */
export function ourOwn(entry: string, env: Readonly<Record<string, string>>): Command {
  return {
    program: process.execPath,
    args: ['--require', '@swc-node/register', join(checkout, entry)],
    env,
    cwd: checkout,
  };
}
