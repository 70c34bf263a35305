import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';

/** A child process that cannot outlive this one. */
export interface Leashed {
  readonly name: string;
  readonly logFile: string;
  /** Last lines the process wrote. */
  tail(lines?: number): string;
  /** Whether it has ended by itself or was stopped. */
  readonly ended: boolean;
  /** Asks it to stop, then insists; resolves when it is gone. */
  stop(): Promise<void>;
}

// The shell holds our end of a pipe: when this process dies, however it dies, `cat` sees the end and kills the child.
const LEASH = `
exec 3<&0
"$@" </dev/null 3<&- &
pid=$!
trap 'kill -TERM $pid 2>/dev/null' TERM
{ cat <&3 >/dev/null; kill -KILL $pid 2>/dev/null; } &
wait $pid; code=$?
while kill -0 $pid 2>/dev/null; do wait $pid; code=$?; done
exit $code
`;

/** Starts a program whose output goes to a file and whose life is tied to ours. */
export function leash(
  name: string,
  command: readonly string[],
  options: { readonly logFile: string; readonly environment?: NodeJS.ProcessEnv; readonly graceMs?: number },
): Leashed {
  const child: ChildProcess = spawn('sh', ['-c', LEASH, 'leash', ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.environment ?? process.env,
  });
  const log = createWriteStream(options.logFile);
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  // Writing to a child that has gone is no event of ours.
  child.stdin?.on('error', () => undefined);
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      ended = true;
      child.stdin?.destroy();
      log.end();
      resolve();
    });
  });
  return {
    name,
    logFile: options.logFile,
    tail: (lines = 20) =>
      readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'),
    get ended() {
      return ended;
    },
    async stop() {
      if (ended) return;
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.stdin?.destroy(), options.graceMs ?? 10_000);
      await gone;
      clearTimeout(impatient);
    },
  };
}
