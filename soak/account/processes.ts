import type { EventOf, SoakEvent } from '../event';
import type { ProcessUsage } from '../process-usage';
import { growthPerHour } from './trend';

/** What a process of ours gained in an hour, as far as this run can say. */
export interface ProcessTrend {
  /** How long it was watched after it had settled, in milliseconds. */
  readonly watchedMs: number;
  /** `heap` is what survives collections of garbage; where a process does not say, `memory` is all it occupies. */
  readonly of: 'heap' | 'memory';
  readonly bytesPerHour: number;
  /** Files and sockets, without the connections of people. */
  readonly handlesPerHour: number;
}

/** What one process of ours occupied at the start and at the end. */
export interface ProcessComparison {
  readonly process: string;
  readonly start: ProcessUsage;
  readonly end: ProcessUsage;
  /** It was broken and started again in between, so that the two are not the same process. */
  readonly restarted: boolean;
  /** Absent when the process that runs at the end was not watched for long enough. */
  readonly trend?: ProcessTrend;
}

export interface ProcessAccount {
  readonly compared: readonly ProcessComparison[];
  readonly objections: readonly string[];
}

/**
 * What a process may have more at the end than at the start, whatever the length of the run. V8 lets its heap grow
 * before it collects, and gives back late what a thousand guests have needed. People are not counted among the handles:
 * they are with whichever replica was there when the other was broken.
 */
export const mayGrow = { residentBytes: 160 * 2 ** 20, handles: 32 } as const;

/** A process that has just started compiles, fills its caches and opens its connections for so long. */
export const settlesMs = 150_000;

/** Over less than this, a collection of garbage sooner or later is all that a trend shows. */
export const judgedAfterMs = 480_000;
const judgedAfterLooks = 6;

/**
 * What a settled process may gain in an hour, in which a soak breaks and heals about a hundred things. At this pace a
 * replica with the 512 MiB of its manifest would run for half a day, which is a leak that somebody would be woken by.
 */
export const mayGrowPerHour = { bytes: 32 * 2 ** 20, handles: 12 } as const;

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
    const trend = trendOf(looks.filter(({ process, pid }) => process === name && pid === end.pid));
    compared.push({
      process: name,
      start: start.usage,
      end: end.usage,
      restarted: start.pid !== end.pid,
      ...(trend && { trend }),
    });
    objections.push(...growth(name, withoutPeople(start), withoutPeople(end)), ...leaks(name, trend));
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

/** How one process got on after it had settled. */
function trendOf(looks: readonly EventOf<'usage'>[]): ProcessTrend | undefined {
  const settled = looks.filter(({ at }) => at - (looks[0]?.at ?? at) >= settlesMs);
  const watchedMs = (settled.at(-1)?.at ?? 0) - (settled[0]?.at ?? 0);
  if (watchedMs < judgedAfterMs || settled.length < judgedAfterLooks) return undefined;
  const heaps = settled.every(({ liveHeapBytes }) => liveHeapBytes !== undefined);
  const slope = (of: (look: EventOf<'usage'>) => number): number =>
    growthPerHour(settled.map((look) => ({ at: look.at, value: of(look) }))) ?? 0;
  return {
    watchedMs,
    of: heaps ? 'heap' : 'memory',
    bytesPerHour: slope(({ liveHeapBytes, usage }) => (heaps ? liveHeapBytes : usage?.residentBytes) ?? 0),
    handlesPerHour: slope((look) => withoutPeople(look)?.handles ?? 0),
  };
}

function withoutPeople({ usage, connections = 0 }: EventOf<'usage'>): ProcessUsage | undefined {
  return usage && { ...usage, handles: usage.handles - connections };
}

function leaks(name: string, trend: ProcessTrend | undefined): readonly string[] {
  if (!trend) return [];
  const { of, bytesPerHour, handlesPerHour } = trend;
  const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
  return [
    ...(bytesPerHour > mayGrowPerHour.bytes
      ? [
          `the ${of} of ${name} grows by ${mebibytes(bytesPerHour)} MiB an hour; at most ${mebibytes(mayGrowPerHour.bytes)} may be`,
        ]
      : []),
    ...(handlesPerHour > mayGrowPerHour.handles
      ? [
          `${name} opens ${Math.round(handlesPerHour)} handles more an hour than it closes; at most ${mayGrowPerHour.handles} may be`,
        ]
      : []),
  ];
}

function growth(name: string, start?: ProcessUsage, end?: ProcessUsage): readonly string[] {
  if (!start || !end) return [];
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
