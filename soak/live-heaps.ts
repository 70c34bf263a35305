import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { HeapProbe } from '../local/observe/heap-probe';
import type { ManagedProcess } from '../local/supervisor/managed-process';

const opensWithinMs = 10_000;

/** Looks into the heaps of programs of ours while they run, without having them started in another way than people do. */
export class LiveHeaps {
  readonly #probes = new Map<number, HeapProbe>();

  /** What survives a collection of garbage that is made now. */
  async liveBytes(process: Pick<ManagedProcess, 'name' | 'pid' | 'logFile'>): Promise<number> {
    const { pid } = process;
    if (pid === undefined) throw new Error(`${process.name} does not run`);
    const probe = this.#probes.get(pid) ?? (await attach(process, pid));
    // Kept, so that its connection is one handle at every look.
    this.#probes.set(pid, probe);
    return probe.liveBytes();
  }

  close(): void {
    this.#probes.forEach((probe) => probe.close());
  }
}

/** Node begins to listen for inspectors when it is sent SIGUSR1, and says where. */
async function attach({ name, logFile }: Pick<ManagedProcess, 'name' | 'logFile'>, pid: number) {
  const said = statSync(logFile).size;
  process.kill(pid, 'SIGUSR1');
  for (const deadline = performance.now() + opensWithinMs; performance.now() < deadline; await sleep(20)) {
    const [, url] =
      /^Debugger listening on (ws:\S+)$/m.exec(readFileSync(logFile).toString('utf8', said)) ?? [];
    if (url !== undefined) return HeapProbe.open(url);
  }
  throw new Error(
    `${name} did not let anybody look into its heap within ${opensWithinMs / 1_000} s; see ${logFile}`,
  );
}
