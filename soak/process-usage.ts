import { readdirSync, readFileSync } from 'node:fs';

/** What a process occupies at one moment. */
export interface ProcessUsage {
  /** Memory of its own and its share of what it has in common with others, as /proc/PID/status gives VmRSS. */
  readonly residentBytes: number;
  /** Open file descriptors: files, sockets, timers of the kernel. */
  readonly handles: number;
  /** Processor time used since it started, its own and the kernel's for it. */
  readonly cpuSeconds: number;
}

/** USER_HZ: what /proc counts processor time in, on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** What a process occupies now; nothing when it is gone. Linux only. */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kibibytes === undefined) return undefined; // a zombie has no memory
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      residentBytes: Number(kibibytes) * 1_024,
      handles: readdirSync(`/proc/${pid}/fd`).length,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    };
  } catch {
    return undefined;
  }
}
