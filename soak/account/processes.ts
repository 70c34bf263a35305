import type { EventOf, SoakEvent } from '../event';
import type { ProcessUsage } from '../process-usage';

/** What one process of ours occupied at the start and at the end. */
export interface ProcessComparison {
  readonly process: string;
  readonly start: ProcessUsage;
  readonly end: ProcessUsage;
  /** It was broken and started again in between, so that the two are not the same process. */
  readonly restarted: boolean;
}

export interface ProcessAccount {
  readonly compared: readonly ProcessComparison[];
  readonly objections: readonly string[];
}

/**
 * What a process may have more at the end than at the start. V8 lets its heap grow before it collects, and gives
 * back late what a thousand guests have needed; a leak of hours exceeds both.
 */
export const mayGrow = { residentBytes: 160 * 2 ** 20, handles: 32 } as const;

export function processAccount(events: readonly SoakEvent[]): ProcessAccount {
  const looks = events.filter((event) => event.kind === 'usage');
  const names = [...new Set(looks.map(({ process }) => process))];
  const compared: ProcessComparison[] = [];
  const objections: string[] = names.length === 0 ? ['no process was looked at'] : [];
  for (const name of names) {
    const start = find(looks, name, 'start');
    const end = find(looks, name, 'end');
    if (!start?.usage || !end?.usage) {
      objections.push(`${name} did not run at the ${start?.usage ? 'end' : 'start'}`);
      continue;
    }
    compared.push({
      process: name,
      start: start.usage,
      end: end.usage,
      restarted: start.pid !== end.pid,
    });
    objections.push(...growth(name, start.usage, end.usage));
  }
  return { compared, objections };
}

function find(
  looks: readonly EventOf<'usage'>[],
  name: string,
  moment: 'start' | 'end',
): EventOf<'usage'> | undefined {
  return looks.find((each) => each.process === name && each.moment === moment);
}

function growth(name: string, start: ProcessUsage, end: ProcessUsage): readonly string[] {
  const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
  return [
    ...(end.residentBytes - start.residentBytes > mayGrow.residentBytes
      ? [
          `${name} grew from ${mebibytes(start.residentBytes)} to ${mebibytes(end.residentBytes)} MiB, by more than ${mebibytes(mayGrow.residentBytes)}`,
        ]
      : []),
    ...(end.handles - start.handles > mayGrow.handles
      ? [
          `${name} has ${end.handles} handles open and had ${start.handles}; at most ${mayGrow.handles} more may be`,
        ]
      : []),
  ];
}
