import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertRetunings } from '../monitoring/rules';
import { components, type ComponentName } from './components';
import { forgetNotifications, writeAlertmanager } from './components/alertmanager';
import type { Component } from './components/component';
import { grafanaInstalled, writeGrafana } from './components/grafana';
import { writePrometheus } from './components/prometheus';
import type { Compression } from './compress';
import { readDocuments, type Documents } from './documents';
import { requireFree, type Ports } from './ports';
import { findPrograms, type Programs } from './programs';
import { Secrets } from './secrets';
import { Site } from './site';
import { Ledger } from './supervisor/ledger';
import { ManagedProcess, type ProcessFailedError } from './supervisor/managed-process';
import { signalGroup } from './supervisor/signal-group';
import { whereabouts } from './whereabouts';

export interface StackOptions {
  /** Folder for everything that is written; made when it is not there. */
  readonly data: string;
  readonly ports: Ports;
  /** @default - time runs as it does */
  readonly compression?: Compression;
  /** Alerts that differ from those of dist/standalone. @default - none */
  readonly retuned?: AlertRetunings;
  /** @default - looked up on this machine */
  readonly programs?: Programs;
  /** Told of each component when it is ready. */
  readonly onReady?: (component: Component<ComponentName>) => void;
  /** Told of a component that ended though nobody asked it to. */
  readonly onUnexpectedExit?: (error: ProcessFailedError) => void;
  /** Gives up starting and stops what has started. */
  readonly abort?: AbortSignal;
}

/**
 * Starts the whole monitored chat room and resolves when every part of it is ready.
 *
 * @throws AlreadyRunningError, PortTakenError, ProcessFailedError; whatever had started is stopped by then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  mkdirSync(options.data, { recursive: true });
  chmodSync(options.data, 0o755); // PostgreSQL's own user passes through; secrets lie in a closed folder below
  const ledger = await Ledger.open(join(options.data, 'running.json'));
  let stack: Stack | undefined;
  try {
    await requireFree(options.ports);
    stack = new Stack(options, ledger);
    await stack.startAll(options.abort);
    return stack;
  } catch (error) {
    await stack?.stop();
    ledger.close();
    throw error;
  }
}

/** A chat room and everything that watches it, as processes on this machine. */
export class Stack {
  readonly site: Site;
  readonly components: readonly Component<ComponentName>[];
  readonly compression: Compression;
  readonly ledger: Ledger;
  readonly #options: StackOptions;
  readonly #processes: ReadonlyMap<ComponentName, ManagedProcess>;
  readonly #furnished = new Set<ComponentName>();
  readonly #deferred: (() => Promise<void>)[] = [];
  readonly #retunings = new Set<AlertRetunings>();
  readonly #edits = new Set<(documents: Documents) => Documents>();
  #reloading: Promise<void> = Promise.resolve();

  /** @internal call {@link startStack} */
  constructor(options: StackOptions, ledger: Ledger) {
    const { data, ports, programs = findPrograms(), compression = { factor: 1 } } = options;
    this.#options = options;
    this.compression = compression;
    this.ledger = ledger;
    this.site = new Site(data, ports, new Secrets(join(data, 'secrets')), programs);
    this.components = components(compression);
    rmSync(this.site.path('logs'), { recursive: true, force: true });
    this.site.folder('logs');
    this.#processes = new Map(this.components.map((each) => [each.name, this.#process(each)]));
  }

  /** The process of a component, to be crashed, stopped or started again. */
  process(name: ComponentName): ManagedProcess {
    const found = this.#processes.get(name);
    if (!found) throw new Error(`${name} is not installed on this machine`);
    return found;
  }

  /** Components that do not run, whatever ended them. */
  get down(): readonly ComponentName[] {
    return [...this.#processes].filter(([, process]) => !process.running).map(([name]) => name);
  }

  async startAll(abort?: AbortSignal): Promise<void> {
    this.#writeDocuments(this.#options.retuned ?? {});
    forgetNotifications(this.site);
    const started = new Map<string, Promise<void>>();
    const failed = new AbortController();
    const signals = AbortSignal.any([failed.signal, ...(abort ? [abort] : [])]);
    const begin = (each: Component<ComponentName>): Promise<void> => {
      const known = started.get(each.name);
      if (known) return known;
      const needed = this.components.filter((other) => each.after?.includes(other.name));
      const start = Promise.all(needed.map(begin)).then(() => this.#start(each, signals));
      started.set(each.name, start);
      start.catch((error: unknown) => failed.abort(error));
      return start;
    };
    // Wait for all of them even when one fails, so that nothing starts after the stop.
    await Promise.allSettled(this.components.map(begin));
    signals.throwIfAborted();
  }

  /** Starts a component that was crashed or stopped; does nothing when it runs. */
  async restart(name: ComponentName): Promise<void> {
    await this.process(name).start();
  }

  /**
   * Gives Prometheus the rules with some alerts retuned, beside what else is retuned at the time.
   *
   * @returns what takes this back, and only this; it bears being called twice
   */
  async retune(alerts: AlertRetunings): Promise<() => Promise<void>> {
    const mine = { ...alerts };
    this.#retunings.add(mine);
    await this.reloadPrometheus();
    return async () => {
      if (this.#retunings.delete(mine)) await this.reloadPrometheus();
    };
  }

  /**
   * Gives Prometheus other documents than those of dist/standalone, beside what else is changed at the time.
   *
   * @returns what takes this back, and only this; it bears being called twice
   */
  async reconfigure(edit: (documents: Documents) => Documents): Promise<() => Promise<void>> {
    const mine = (documents: Documents): Documents => edit(documents);
    this.#edits.add(mine);
    await this.reloadPrometheus();
    return async () => {
      if (this.#edits.delete(mine)) await this.reloadPrometheus();
    };
  }

  /** Writes what Prometheus reads anew and waits until it has taken it over. */
  async reloadPrometheus(): Promise<void> {
    // One after the other: of two at a time, one could be answered by the reload of the other.
    const turn = this.#reloading.then(async () => {
      this.#writeDocuments(Object.assign({}, this.#options.retuned, ...this.#retunings) as AlertRetunings);
      const { pid } = this.process('prometheus');
      if (pid === undefined) throw new Error('Prometheus does not run');
      const before = await this.#lastReload();
      signalGroup(pid, 'SIGHUP');
      for (let waited = 0; (await this.#lastReload()) === before; waited += 50) {
        if (waited > 10_000) throw new Error('Prometheus did not take the new rules over; see its log');
        await sleep(50);
      }
    });
    this.#reloading = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Makes Prometheus and Alertmanager forget which alerts are over; what was measured stays.
   *
   * Prometheus repeats for a quarter of an hour that an alert is over, whatever the compression, and
   * Alertmanager then lists it beside whatever else the same group has to say. The dead man's switch waits anew, as
   * there is nothing to tell people about a heartbeat that is kept back on purpose.
   */
  async forgetAlerts(): Promise<void> {
    await this.process('dead-mans-switch').stop();
    await this.process('prometheus').stop();
    await this.process('alertmanager').stop();
    forgetNotifications(this.site);
    await this.restart('dead-mans-switch');
    await this.restart('alertmanager');
    await this.restart('prometheus');
  }

  /** Keeps something to be done before everything stops; it must bear being done twice. */
  readonly defer = (release: () => Promise<void>): void => {
    this.#deferred.push(release);
  };

  /** Stops everything, those first that others do not need, and gives the data folder back. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#deferred.splice(0).map((release) => release()));
    const stopped = new Map<string, Promise<void>>();
    const end = (each: Component<ComponentName>): Promise<void> => {
      const known = stopped.get(each.name);
      if (known) return known;
      const dependents = this.components.filter((other) => other.after?.includes(each.name));
      const stop = Promise.all(dependents.map(end)).then(() => this.process(each.name).stop());
      stopped.set(each.name, stop);
      return stop;
    };
    await Promise.all(this.components.map(end));
    this.ledger.close();
  }

  async #start(each: Component<ComponentName>, abort: AbortSignal): Promise<void> {
    abort.throwIfAborted();
    await each.prepare?.(this.site);
    await this.process(each.name).start(abort);
    if (!this.#furnished.has(each.name)) await each.furnish?.(this.site);
    this.#furnished.add(each.name);
    this.#options.onReady?.(each);
  }

  #writeDocuments(retuned: AlertRetunings): void {
    const documents = [...this.#edits].reduce((edited, edit) => edit(edited), readDocuments(retuned));
    const where = whereabouts(this.site, grafanaInstalled());
    writePrometheus(this.site, documents, where, this.compression);
    writeAlertmanager(this.site, documents, where, this.compression);
    if (grafanaInstalled()) writeGrafana(this.site, documents);
  }

  async #lastReload(): Promise<string> {
    const response = await fetch(this.site.url('prometheus', '/metrics'));
    const text = await response.text();
    return /^prometheus_config_last_reload_success_timestamp_seconds (.+)$/m.exec(text)?.[1] ?? '';
  }

  #process(each: Component<ComponentName>): ManagedProcess {
    return new ManagedProcess({
      name: each.name,
      command: () => each.command(this.site),
      ready: () => each.ready(this.site),
      logFile: this.site.path('logs', `${each.name}.log`),
      ledger: this.ledger,
      setpriv: this.site.program('setpriv'),
      ...(each.stopSignals && { stopSignals: each.stopSignals }),
      ...(each.crashSignal && { crashSignal: each.crashSignal }),
      ...(this.#options.onUnexpectedExit && { onUnexpectedExit: this.#options.onUnexpectedExit }),
    });
  }
}
