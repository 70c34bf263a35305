import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentOf, type Command } from './command';
import type { Ledger } from './ledger';
import { logTail } from './log-tail';
import { signalGroup } from './signal-group';

/** Everything that the supervisor has to know about a program besides how to start it. */
export interface ProcessProps {
  readonly name: string;
  readonly command: () => Command;
  /** Whether it does its work. Asked again and again while it starts; a rejection counts as no. */
  readonly ready: () => Promise<boolean>;
  readonly logFile: string;
  readonly ledger: Ledger;
  /** Path of `setpriv`, which makes the kernel stop the child should we die without a chance to. */
  readonly setpriv: string;
  /** Asked to stop with each of these in turn, then killed. @default ['SIGTERM'] */
  readonly stopSignals?: readonly NodeJS.Signals[];
  /** What a crash is for this program. @default 'SIGKILL' */
  readonly crashSignal?: NodeJS.Signals;
  /** How long each signal may take. @default 5000 */
  readonly graceMilliseconds?: number;
  /** How long it may take until it is ready. @default 30000 */
  readonly startMilliseconds?: number;
  /** Told when it ended after it was ready, though nobody here asked it to. */
  readonly onUnexpectedExit?: (error: ProcessFailedError) => void;
}

/** A program that did not start, or ended by itself. */
export class ProcessFailedError extends Error {
  override readonly name = 'ProcessFailedError';
}

/** One child process in a group of its own: started, watched, stopped, crashed and started again. */
export class ManagedProcess {
  readonly #props: ProcessProps;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #ending = false;
  #up = false;

  constructor(props: ProcessProps) {
    this.#props = props;
  }

  get name(): string {
    return this.#props.name;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get logFile(): string {
    return this.#props.logFile;
  }

  /**
   * Starts it and waits until it is ready; does nothing when it runs already.
   *
   * @throws ProcessFailedError with the end of its log when it exits or is not ready in time.
   */
  async start(abort?: AbortSignal): Promise<void> {
    if (this.#child) return;
    this.#spawn();
    const { startMilliseconds = 30_000 } = this.#props;
    const deadline = performance.now() + startMilliseconds;
    while (!(await this.#isReady())) {
      abort?.throwIfAborted();
      if (!this.#child) throw this.#failure('ended while it started');
      if (performance.now() > deadline) {
        throw this.#failure(`was not ready within ${startMilliseconds / 1_000} s`);
      }
      await sleep(40);
    }
    // A stranger on the same port could have answered for a child that died.
    if (!this.#child) throw this.#failure('ended while it started');
    this.#up = true;
  }

  /** Asks it to stop, insists when it does not, and leaves nobody of its group behind. */
  async stop(): Promise<void> {
    const { stopSignals = ['SIGTERM'], graceMilliseconds = 5_000 } = this.#props;
    for (const signal of [...stopSignals, 'SIGKILL'] as const) {
      if (!this.#child?.pid) return;
      this.#ending = true;
      signalGroup(this.#child.pid, signal);
      await Promise.race([this.#exited, sleep(graceMilliseconds, undefined, { ref: false })]);
    }
  }

  /** Ends it without a warning, as a crash would, and waits until it is gone. */
  async crash(): Promise<void> {
    if (!this.#child?.pid) return;
    this.#ending = true;
    signalGroup(this.#child.pid, this.#props.crashSignal ?? 'SIGKILL');
    await this.#exited;
  }

  #spawn(): void {
    const { ledger, logFile, setpriv, stopSignals = ['SIGTERM'] } = this.#props;
    const command = this.#props.command();
    const log = openSync(logFile, 'a');
    const deathSignal = (stopSignals[0] ?? 'SIGTERM').replace('SIG', '');
    const child = spawn(setpriv, ['--pdeathsig', deathSignal, command.program, ...command.args], {
      detached: true, // a group of its own: Ctrl-C reaches only us, and we stop the rest in order
      stdio: ['ignore', log, log],
      env: environmentOf(command),
      cwd: command.cwd,
      uid: command.user?.uid,
      gid: command.user?.gid,
    });
    closeSync(log);
    this.#child = child;
    this.#ending = false;
    this.#up = false;
    if (child.pid) ledger.addProcess(this.name, child.pid);
    this.#exited = new Promise((resolve) => {
      const gone = (reason: string): void => {
        if (this.#child !== child) return;
        this.#child = undefined;
        if (child.pid) {
          signalGroup(child.pid, 'SIGKILL'); // whoever is left of the group has lost its leader
          ledger.removeProcess(child.pid);
        }
        if (this.#up && !this.#ending) this.#props.onUnexpectedExit?.(this.#failure(reason));
        resolve();
      };
      child.once('error', (error) => gone(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) =>
        gone(signal ? `was ended by ${signal}` : `ended with code ${code}`),
      );
    });
  }

  async #isReady(): Promise<boolean> {
    try {
      return await this.#props.ready();
    } catch {
      return false;
    }
  }

  #failure(what: string): ProcessFailedError {
    const tail = logTail(this.logFile, 5).map((line) => `\n  ${this.name} | ${line}`);
    return new ProcessFailedError(`${this.name} ${what}; its log is ${this.logFile}${tail.join('')}`);
  }
}
