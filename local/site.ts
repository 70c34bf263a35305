import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ports } from './ports';
import type { Programs, ProgramName } from './programs';
import type { Secrets } from './secrets';

/** The folder that holds package.json: programs of ours are started from here. */
export const checkout = join(__dirname, '..');

/** Where one run of the local mode takes place: a folder, ports, passwords and programs. */
export class Site {
  constructor(
    readonly data: string,
    readonly ports: Ports,
    readonly secrets: Secrets,
    readonly programs: Programs,
  ) {}

  /** A path in the data folder. */
  path(...parts: readonly string[]): string {
    return join(this.data, ...parts);
  }

  /** A folder in the data folder, made when it is not there. */
  folder(...parts: readonly string[]): string {
    const folder = this.path(...parts);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Writes a file into the data folder and returns its path. */
  write(relative: string, text: string): string {
    const file = this.path(relative);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  program(name: ProgramName): string {
    const path = this.programs[name];
    if (path === undefined) throw new Error(`${name} was not looked for; call requirePrograms first`);
    return path;
  }

  url(port: keyof Ports, path = ''): string {
    return `http://127.0.0.1:${this.ports[port]}${path}`;
  }
}
