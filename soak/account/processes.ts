import type { EventOf, SoakEvent } from '../event';
import type { ProcessUsage } from '../process-usage';
import { growthPerHour } from './trend';

/** What a process of ours gained in an hour, as far as this run can say. */
export interface ProcessTrend {
  /** How long it was watched after it had settled, in milliseconds; all its lives together when it was broken. */
  readonly watchedMs: number;
  readonly liveHeapBytesPerHour: number;
  /** Files and sockets, without the connections of people. */
  readonly handlesPerHour: number;
}

/** What a process occupies, and how much of it survives a collection of garbage. */
export interface Occupied extends ProcessUsage {
  readonly liveHeapBytes: number;
}

/** What one process of ours occupied at the start and at the end. */
export interface ProcessComparison {
  readonly process: string;
  readonly start: Occupied;
  readonly end: Occupied;
  /** It was broken and started again in between, so that the two are not the same process. */
  readonly restarted: boolean;
  /** Absent when it was not watched for long enough. */
  readonly trend?: ProcessTrend;
}

export interface ProcessAccount {
  readonly compared: readonly ProcessComparison[];
  readonly objections: readonly string[];
}

/** The soak remembers everything that happens until it has added it up, and so grows with the length of the run. */
export const itself = 'soak';

/**
 * What a process may have more at the end than at the start, whatever the length of the run. The live heap tells a leak
 * from garbage within a minute; what it may gain is code that is compiled when it is first needed, and what is
 * remembered of the messages that were delivered last. All that a process occupies tells far less, since V8 lets its
 * heap grow before it collects, but only there would a leak outside of the heap show. People are not counted among the
 * handles: they are with whichever replica was there when the other was broken.
 */
export const mayGrow = { liveHeapBytes: 8 * 2 ** 20, residentBytes: 160 * 2 ** 20, handles: 16 } as const;

/** A process that has just started compiles, fills its caches and opens its connections for so long. */
export const settlesMs = 90_000;

/** Over less than this, what is compiled late is all that a trend shows. */
export const judgedAfterMs = 300_000;
const judgedAfterLooks = 6;

/**
 * What a settled process may gain in an hour, in which a soak breaks and heals about a hundred things. At this pace a
 * replica with the 512 MiB of its manifest would run for a day, which is a leak that somebody would be woken by.
 */
export const mayGrowPerHour = { liveHeapBytes: 16 * 2 ** 20, handles: 12 } as const;

export function processAccount(events: readonly SoakEvent[]): ProcessAccount {
  const looks = events.filter((event) => event.kind === 'usage');
  const names = [...new Set(looks.map(({ process }) => process))];
  const compared: ProcessComparison[] = [];
  const objections: string[] = names.length === 0 ? ['no process was looked at'] : [];
  for (const name of names) {
    const start = find(looks, name, 'start');
    const end = find(looks, name, 'end');
    const [before, after] = [occupiedAt(start), occupiedAt(end)];
    if (!before || !after) {
      objections.push(
        `${name} did not run, or did not say what its heap holds, at the ${before ? 'end' : 'start'}`,
      );
      continue;
    }
    const trend = trendOf(looks.filter(({ process }) => process === name));
    const restarted = start?.pid !== end?.pid;
    compared.push({ process: name, start: before, end: after, restarted, ...(trend && { trend }) });
    const kept = (['liveHeapBytes', 'residentBytes'] as const).filter(
      (what) => name !== itself || what === 'residentBytes',
    );
    objections.push(
      ...kept.flatMap((what) => growth(name, what, before, after)),
      ...moreHandles(name, handlesOf(start), handlesOf(end)),
      ...leaks(name, trend),
    );
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

/** Nothing where it could not be looked at. */
function occupiedAt(look: EventOf<'usage'> | undefined): Occupied | undefined {
  const { usage, liveHeapBytes } = look ?? {};
  return usage && liveHeapBytes !== undefined ? { ...usage, liveHeapBytes } : undefined;
}

/** Without people. */
const handlesOf = (look: EventOf<'usage'> | undefined): number =>
  (look?.usage?.handles ?? 0) - (look?.connections ?? 0);

/** How a process got on after it had settled, in all its lives. */
function trendOf(looks: readonly EventOf<'usage'>[]): ProcessTrend | undefined {
  const lives = [...Map.groupBy(looks, ({ pid }) => pid).values()].map((life) =>
    life.filter(({ at, usage }) => usage && at - (life[0]?.at ?? at) >= settlesMs),
  );
  const watchedMs = lives.reduce((sum, life) => sum + (life.at(-1)?.at ?? 0) - (life[0]?.at ?? 0), 0);
  if (watchedMs < judgedAfterMs || lives.flat().length < judgedAfterLooks) return undefined;
  const slope = (of: (look: EventOf<'usage'>) => number): number =>
    growthPerHour(lives.map((life) => life.map((look) => ({ at: look.at, value: of(look) })))) ?? 0;
  return {
    watchedMs,
    liveHeapBytesPerHour: slope(({ liveHeapBytes = 0 }) => liveHeapBytes),
    handlesPerHour: slope(handlesOf),
  };
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

function leaks(name: string, trend: ProcessTrend | undefined): readonly string[] {
  if (!trend) return [];
  const { liveHeapBytesPerHour: bytes, handlesPerHour: handles } = trend;
  return [
    ...(name !== itself && bytes > mayGrowPerHour.liveHeapBytes
      ? [
          `the live heap of ${name} grows by ${mebibytes(bytes)} MiB an hour; at most ${mebibytes(mayGrowPerHour.liveHeapBytes)} may be`,
        ]
      : []),
    ...(handles > mayGrowPerHour.handles
      ? [
          `${name} opens ${Math.round(handles)} handles more an hour than it closes; at most ${mayGrowPerHour.handles} may be`,
        ]
      : []),
  ];
}

const called = { liveHeapBytes: 'the live heap', residentBytes: 'the memory' } as const;

function growth(name: string, what: keyof typeof called, start: Occupied, end: Occupied): readonly string[] {
  if (end[what] - start[what] <= mayGrow[what]) return [];
  return [
    `${called[what]} of ${name} grew from ${mebibytes(start[what])} to ${mebibytes(end[what])} MiB, by more than ${mebibytes(mayGrow[what])}`,
  ];
}

function moreHandles(name: string, start: number, end: number): readonly string[] {
  if (end - start <= mayGrow.handles) return [];
  return [`${name} has ${end} handles open and had ${start}; at most ${mayGrow.handles} more may be`];
}
