import { readFileSync } from 'node:fs';

/** Which process a number means: the kernel hands numbers out again, but never with the same start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot, as /proc/PID/stat gives it. */
  readonly startTime: string;
}

/** The process that has a number now, or nothing when it is gone or only waits to be reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    const startTime = fields[19];
    return startTime === undefined || state === 'Z' ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
}

/** Whether that very process still runs. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return identify(pid)?.startTime === startTime;
}
