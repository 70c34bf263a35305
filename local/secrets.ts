import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const secretNames = [
  'postgres-admin',
  'postgres-chatroom',
  'postgres-exporter',
  'redis',
  'webhook-token',
  'smtp-password',
] as const;
export type SecretName = (typeof secretNames)[number];

/**
 * Passwords of one data folder: made on first use, kept in files that only their owner reads, and handed to
 * programs by file or environment, never on a command line, where every user of the machine can read along.
 */
export class Secrets {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of secretNames) {
      if (!existsSync(this.file(name))) this.write(name, randomBytes(24).toString('base64url'));
    }
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  read(name: SecretName): string {
    return readFileSync(this.file(name), 'utf8');
  }

  /** Keeps something derived from secrets, and returns where. */
  write(name: string, value: string): string {
    const file = this.file(name);
    writeFileSync(file, value, { mode: 0o600 });
    return file;
  }
}
