import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component } from '../../local/components/component';
import { freePorts } from '../../local/ports';
import { findPrograms } from '../../local/programs';
import { Secrets } from '../../local/secrets';
import { Site } from '../../local/site';
import type { Command } from '../../local/supervisor/command';
import { Ledger } from '../../local/supervisor/ledger';
import { ManagedProcess } from '../../local/supervisor/managed-process';

/** A place to measure in: a fresh folder, free ports, and single components of the local stack on demand. */
export class Lab {
  readonly site: Site;
  readonly #ledger: Ledger;
  readonly #processes: ManagedProcess[] = [];

  private constructor(site: Site, ledger: Ledger) {
    this.site = site;
    this.#ledger = ledger;
  }

  static async open(name: string): Promise<Lab> {
    const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`));
    chmodSync(folder, 0o755); // PostgreSQL's own user passes through
    const site = new Site(folder, await freePorts(), new Secrets(join(folder, 'secrets')), findPrograms());
    site.folder('logs');
    return new Lab(site, await Ledger.open(join(folder, 'running.json')));
  }

  /** Starts a component of the local stack, without those it usually comes after. */
  async start(component: Component): Promise<ManagedProcess> {
    const { site } = this;
    await component.prepare?.(site);
    const process = await this.run({
      name: component.name,
      command: () => component.command(site),
      ready: () => component.ready(site),
      stopSignals: component.stopSignals,
    });
    await component.furnish?.(site);
    return process;
  }

  /** Starts any program and waits until it is ready. */
  async run(program: {
    readonly name: string;
    readonly command: () => Command;
    readonly ready: () => Promise<boolean>;
    readonly stopSignals?: readonly NodeJS.Signals[] | undefined;
  }): Promise<ManagedProcess> {
    const { name, command, ready, stopSignals } = program;
    const process = new ManagedProcess({
      name,
      command,
      ready,
      logFile: this.site.path('logs', `${name}.log`),
      ledger: this.#ledger,
      setpriv: this.site.program('setpriv'),
      ...(stopSignals && { stopSignals }),
    });
    this.#processes.push(process);
    await process.start();
    return process;
  }

  /** Stops everything, the last started first, and removes the folder. */
  async close(): Promise<void> {
    for (const process of this.#processes.toReversed()) await process.stop();
    this.#ledger.close();
    rmSync(this.site.data, { recursive: true, force: true });
  }

  /** Gives a fresh lab to some work, and clears up after it also when it fails or is interrupted. */
  static async use<T>(name: string, work: (lab: Lab) => Promise<T>): Promise<T> {
    const lab = await Lab.open(name);
    const interrupted = new Promise<never>((_, reject) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.once(signal, () => reject(new Error(`interrupted by ${signal}`)));
      }
    });
    interrupted.catch(() => undefined);
    try {
      return await Promise.race([work(lab), interrupted]);
    } finally {
      await lab.close();
    }
  }
}
