import { readFileSync } from 'node:fs';

/** What a process needs besides its connections: files, pipes, the event loop. */
const reserve = 200;

/** A process may not open as many files as it would have to. */
export class TooFewDescriptorsError extends Error {
  override readonly name = 'TooFewDescriptorsError';
}

/**
 * Makes sure that this process and its children may hold as many connections. Node raises the soft limit to the
 * hard one when it starts, so it is the hard one that counts.
 *
 * @param limits - the text of /proc/PID/limits. @default - that of this process
 * @throws TooFewDescriptorsError with one line that says how to raise it.
 */
export function requireDescriptors(
  connections: number,
  limits: string = readFileSync('/proc/self/limits', 'utf8'),
): void {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  const allowed = hard === 'unlimited' ? Infinity : Number(hard);
  if (allowed >= connections + reserve) return;
  throw new TooFewDescriptorsError(
    `${connections} connections need ${connections + reserve} open files and this shell allows ${hard}; raise it with "ulimit -Hn ${connections + reserve}" as root, or ask for fewer with --connections`,
  );
}
