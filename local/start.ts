import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { catalogue } from '../monitoring/catalogue';
import { standaloneEnvironment } from './documents';
import type { Heal } from './faults/fault';
import { watchInboxes } from './inbox-watch';
import { Load } from './load';
import { announcement, seconds, table } from './narrate';
import { Progress } from './progress';
import { requirePrograms } from './requirements';
import { help, startOptions, type StartOptions } from './start-options';
import { startStack, type Stack } from './stack';

/** `npm start`: reads the command line, runs the stack until somebody stops it, and leaves nothing behind. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const warn = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<void> {
  const options = startOptions(args);
  if (options === 'help') return say(help);
  const programs = requirePrograms('start');

  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort(new Stopped(signal)));
  }
  // Whoever closed the other end of our output does not want it any more; the processes must still be stopped.
  process.stdout.on('error', () => stopping.abort(new Stopped('closed output')));

  const began = performance.now();
  const progress = new Progress(process.stdout);
  const stack = await startStack({
    data: options.data,
    ports: options.ports,
    compression: { factor: options.factor },
    programs,
    abort: stopping.signal,
    onReady: ({ title }) => progress.done(title),
    onUnexpectedExit: (error) => warn(error.message),
  }).finally(() => progress.end());
  try {
    say(
      `${table(stack)}\n\nReady in ${((performance.now() - began) / 1_000).toFixed(1)} s. Logs: ${stack.site.path('logs')}`,
    );
    await session(stack, options, stopping.signal);
  } finally {
    say('Stopping.');
    await stack.stop();
  }
}

/** Everything between "ready" and "stopping". */
async function session(stack: Stack, options: StartOptions, stopping: AbortSignal): Promise<void> {
  const { factor, users, fault, forMilliseconds, healAfterMilliseconds } = options;
  if (factor > 1) say(`Time is compressed: every duration of the rules and routes is divided by ${factor}.`);
  const unwatch = watchInboxes(stack.site, (line) =>
    say(`${new Date().toLocaleTimeString('en-GB')}  ${line}`),
  );
  const load = new Load(stack, { users, ...(users === 0 && { requestsPerSecond: 0 }) });
  if (users > 0) say(`${users} users are chatting.`);

  let heal: Heal | undefined;
  const mend = async (): Promise<void> => {
    if (!heal && stack.down.length === 0) return;
    const healing = heal;
    heal = undefined;
    await healing?.();
    for (const name of stack.down) await stack.restart(name);
    say('Healed. The all-clear follows by the same ways.');
  };
  const keys = createInterface({ input: process.stdin });
  keys.on('line', () => void mend().catch((error: unknown) => warn(String(error))));
  try {
    if (fault) {
      heal = await fault.inject(stack);
      say(announcement(fault, stack, catalogue(standaloneEnvironment), new Date()));
      say(
        healAfterMilliseconds === undefined
          ? 'Press Enter to heal it.'
          : `It is healed in ${seconds(healAfterMilliseconds)}.`,
      );
    }
    say('Ctrl-C stops everything.');
    const ends = [stopped(stopping)];
    if (forMilliseconds !== undefined) ends.push(sleep(forMilliseconds));
    if (healAfterMilliseconds !== undefined) {
      sleep(healAfterMilliseconds, undefined, { ref: false })
        .then(mend, () => undefined)
        .catch(warn);
    }
    await Promise.race(ends);
  } finally {
    keys.close();
    load.stop();
    unwatch();
  }
}

class Stopped extends Error {
  override readonly name = 'Stopped';
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    if (!(error instanceof Stopped)) warn(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof Stopped ? 0 : 1);
  },
);
