/** What a dead man's switch remembers. Times are in milliseconds of the epoch. */
export interface SwitchMemory {
  /** When it began to wait. */
  readonly waitingSince: number;
  /** When it heard the heartbeat last. @default - not yet */
  readonly heardAt?: number;
  /** Since when it had heard nothing, once people were told. @default - there is nothing that they do not know */
  readonly silentSince?: number;
}

/** What it does about what it hears, and why. */
export type SwitchDecision =
  | {
      readonly kind: 'alarm';
      readonly reason: 'never heard' | 'no longer heard';
      readonly silentSince: number;
    }
  | {
      readonly kind: 'all-clear';
      readonly reason: 'heard again';
      readonly silentSince: number;
      readonly heardAt: number;
    }
  | { readonly kind: 'hold'; readonly reason: 'not due yet' | 'heard in time' | 'people know' };

export interface Watch {
  readonly decision: SwitchDecision;
  /** What to remember once the decision is carried out; until then nobody was told. */
  readonly memory: SwitchMemory;
  /** When there may be something new without anything being heard. @default - not before it is */
  readonly nextLookAt?: number;
}

/**
 * Whether people have to be told that the heartbeat stays away, or that it is back. To have heard nothing yet is no
 * better than to hear nothing any more: both are silence, and both may last as long.
 *
 * @param allowedMs - the longest silence of which nobody has to hear
 */
export function watch(memory: SwitchMemory, now: number, allowedMs: number): Watch {
  const { waitingSince, heardAt, silentSince } = memory;
  const quietSince = heardAt ?? waitingSince;
  const overdue = now - quietSince > allowedMs;
  const nextLookAt = quietSince + allowedMs + 1;
  if (overdue) {
    if (silentSince !== undefined) return { decision: { kind: 'hold', reason: 'people know' }, memory };
    return {
      decision: {
        kind: 'alarm',
        reason: heardAt === undefined ? 'never heard' : 'no longer heard',
        silentSince: quietSince,
      },
      memory: { ...memory, silentSince: quietSince },
    };
  }
  if (silentSince !== undefined && heardAt !== undefined) {
    return {
      decision: { kind: 'all-clear', reason: 'heard again', silentSince, heardAt },
      memory: { waitingSince, heardAt },
      nextLookAt,
    };
  }
  const reason = heardAt === undefined ? 'not due yet' : 'heard in time';
  return { decision: { kind: 'hold', reason }, memory, nextLookAt };
}

/** The memory of a switch that has just heard the heartbeat. */
export function hearing(memory: SwitchMemory, now: number): SwitchMemory {
  return { ...memory, heardAt: now };
}
