import type { EventOf, SoakEvent } from '../event';

/** Everything from one fault until the stack was at rest again. */
export interface Episode {
  readonly broken: EventOf<'broken'>;
  readonly healed: EventOf<'healed'> | undefined;
  /** Absent when the stack never came to rest. */
  readonly rested: EventOf<'rested'> | undefined;
  /** Messages that reached people in that time. */
  readonly notices: readonly EventOf<'notice'>[];
}

/** Cuts a run into its faults; what arrived between two of them belongs to the earlier. */
export function episodes(events: readonly SoakEvent[]): readonly Episode[] {
  const faults = events.filter((event) => event.kind === 'broken');
  return faults.map((broken, index) => {
    const until = faults[index + 1]?.at ?? Infinity;
    // By the clock and not by position: inboxes are read some time after something arrived in them.
    const within = events.filter(({ at }) => at >= broken.at && at < until);
    return {
      broken,
      healed: within.find((event) => event.kind === 'healed'),
      rested: within.find((event) => event.kind === 'rested'),
      notices: within.filter((event) => event.kind === 'notice'),
    };
  });
}
