import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { identify, isAlive, type ProcessIdentity } from './identity';
import { signalGroup } from './signal-group';

const identity = z.object({ pid: z.number().int().positive(), startTime: z.string() });
const contents = z.object({
  owner: identity,
  processes: z.array(z.object({ name: z.string(), identity })),
  mounts: z.array(z.string()),
});
type Contents = z.infer<typeof contents>;

/** The data folder is used by a start that is still running. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
}

/**
 * What must not outlive us, written down before it can: whatever an earlier run left behind because it was
 * killed or the machine went down is cleared away by the next one.
 */
export class Ledger {
  readonly #file: string;
  readonly #contents: Contents;

  private constructor(file: string, owner: ProcessIdentity) {
    this.#file = file;
    this.#contents = { owner, processes: [], mounts: [] };
    this.#write();
  }

  /**
   * Takes a data folder: clears what an earlier owner left and makes this process its owner.
   *
   * @throws AlreadyRunningError when the owner is alive.
   */
  static async open(file: string): Promise<Ledger> {
    const previous = read(file);
    if (previous && isAlive(previous.owner)) {
      throw new AlreadyRunningError(
        `already running with this data folder (process ${previous.owner.pid}); stop that one, or choose another folder with --data`,
      );
    }
    if (previous) await clear(previous);
    mkdirSync(dirname(file), { recursive: true });
    const self = identify(process.pid);
    if (!self) throw new Error('/proc is not readable; the local mode runs on Linux');
    return new Ledger(file, self);
  }

  addProcess(name: string, pid: number): void {
    const found = identify(pid);
    if (!found) return;
    this.#contents.processes.push({ name, identity: found });
    this.#write();
  }

  removeProcess(pid: number): void {
    this.#contents.processes = this.#contents.processes.filter((entry) => entry.identity.pid !== pid);
    this.#write();
  }

  addMount(folder: string): void {
    this.#contents.mounts.push(folder);
    this.#write();
  }

  removeMount(folder: string): void {
    this.#contents.mounts = this.#contents.mounts.filter((entry) => entry !== folder);
    this.#write();
  }

  /** Gives the data folder back. Does nothing to what is still listed; call it when nothing is. */
  close(): void {
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify(this.#contents, null, 2));
    renameSync(draft, this.#file);
  }
}

function read(file: string): Contents | undefined {
  try {
    return contents.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // none, or cut short by a power failure: nothing to clear that we could name
  }
}

async function clear({ processes, mounts }: Contents): Promise<void> {
  const alive = processes.filter((entry) => isAlive(entry.identity));
  for (const { identity } of alive) signalGroup(identity.pid, 'SIGTERM');
  for (let waited = 0; waited < 2_000 && alive.some((entry) => isAlive(entry.identity)); waited += 50) {
    await sleep(50);
  }
  for (const { identity } of alive.filter((entry) => isAlive(entry.identity))) {
    signalGroup(identity.pid, 'SIGKILL');
  }
  for (const folder of mounts) spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
}
