import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ChildProps {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A real process under test, with everything it said. */
export class Child {
  output = '';
  readonly #process: ChildProcess;
  readonly #exit: Promise<unknown[]>;

  constructor(props: ChildProps) {
    this.#process = spawn(props.command, [...props.args], {
      cwd: props.cwd,
      env: { ...process.env, ...props.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#exit = once(this.#process, 'exit');
    this.#exit.catch(() => undefined);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('the process did not start');
    return this.#process.pid;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Resolves with the exit code, or with the signal that ended the process. */
  async exited(): Promise<number | NodeJS.Signals> {
    if (this.running) await this.#exit;
    return this.#process.exitCode ?? this.#process.signalCode ?? 'SIGKILL';
  }

  /** Ends the process, the hard way when the polite one takes too long. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', patienceMs = 10_000): Promise<number | NodeJS.Signals> {
    if (!this.running) return this.exited();
    // A stopped process cannot act on any other signal.
    this.signal('SIGCONT');
    this.signal(signal);
    const impatience = setTimeout(() => this.signal('SIGKILL'), patienceMs);
    try {
      return await this.exited();
    } finally {
      clearTimeout(impatience);
    }
  }
}
