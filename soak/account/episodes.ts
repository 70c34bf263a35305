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
  const starts = [...events.keys()].filter((index) => events[index]?.kind === 'broken');
  return starts.flatMap((start, turn) => {
    const broken = events[start];
    if (broken?.kind !== 'broken') return [];
    const next = starts[turn + 1];
    const within = events.slice(start, next);
    const until = (next === undefined ? undefined : events[next]?.at) ?? Infinity;
    return {
      broken,
      healed: within.find((event) => event.kind === 'healed'),
      rested: within.find((event) => event.kind === 'rested'),
      // By the clock and not by position: inboxes are read some time after something arrived in them.
      notices: events.filter(
        (event): event is EventOf<'notice'> =>
          event.kind === 'notice' && event.at >= broken.at && event.at < until,
      ),
    };
  });
}
