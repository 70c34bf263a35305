import { join } from 'node:path';
import { checkout } from '../site';
import type { Command } from '../supervisor/command';

/** How to start a program of this repository. */
export interface OurCommand extends Command {
  /** Its source, from the folder that holds package.json. */
  readonly entry: string;
}

/** How to start a program of this repository: by the Node that runs us, compiled as it is loaded. */
export function ourOwn(entry: string, env: Readonly<Record<string, string>>): OurCommand {
  return {
    entry,
    program: process.execPath,
    args: [
      // Nothing is opened by this; but whoever asks with SIGUSR1 to look inside may ask several programs.
      '--inspect-port=127.0.0.1:0',
      ...['--require', '@swc-node/register', join(checkout, entry)],
    ],
    env,
    cwd: checkout,
  };
}

export const isOurOwn = (command: Command): command is OurCommand => 'entry' in command;
