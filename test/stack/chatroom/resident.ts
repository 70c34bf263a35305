import { readFileSync } from 'node:fs';
import type { OwnProcess } from './machine';

/**
 * With room to spare V8 collects late, and a process that leaks nothing grows all the same. In a small heap what is
 * left behind shows: as growth, or as the end of the process.
 */
export const smallHeap = '--max-old-space-size=80';

/** Memory that a process occupies, in MiB. */
export const residentMiB = ({ child }: OwnProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1_024;
