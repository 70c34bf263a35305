import type { Message } from '../protocol/frames';

export interface HistoryPage {
  readonly messages: readonly Message[];
  /** The page was cut: there is more between `after` (or the beginning) and its first message. */
  readonly more: boolean;
}

/** What somebody who enters a room for the first time is shown. */
const firstPage = 50;
/** What somebody who comes back is shown at most. */
const longestPage = 200;
/**
 * Messages are numbered before they are committed, so one with a lower `seq` may become visible after one with a
 * higher. Whoever comes back is therefore also given what is this much older than the last they saw.
 */
const overlapMs = 10_000;

interface Load {
  readonly result: Promise<readonly Message[]>;
  next: Promise<readonly Message[]> | undefined;
}

/**
 * The newest messages of a room, for those who enter. Whoever enters while a query runs shares the next one: a
 * thousand who enter together cost two queries, and none misses what was stored since.
 */
export class History {
  readonly #loads = new Map<string, Load>();
  readonly #read: (room: string, limit: number) => Promise<readonly Message[]>;

  constructor(read: (room: string, limit: number) => Promise<readonly Message[]>) {
    this.#read = read;
  }

  /** @param after - the `seq` of the last message already seen; without it the first page is given. */
  async page(room: string, after?: number): Promise<HistoryPage> {
    return cut(await this.#newest(room), after);
  }

  #newest(room: string): Promise<readonly Message[]> {
    const running = this.#loads.get(room);
    if (running) {
      // The running query may be older than the caller's arrival; only one that starts later will do.
      running.next ??= running.result.then(
        () => this.#load(room),
        () => this.#load(room),
      );
      return running.next;
    }
    return this.#load(room);
  }

  #load(room: string): Promise<readonly Message[]> {
    const load: Load = { result: this.#read(room, longestPage + 1), next: undefined };
    this.#loads.set(room, load);
    const done = () => {
      if (this.#loads.get(room) === load && !load.next) this.#loads.delete(room);
    };
    load.result.then(done, done);
    return load.result;
  }
}

/** Chooses what to show out of the newest messages of a room, which may be one more than can be shown. */
export function cut(newest: readonly Message[], after: number | undefined): HistoryPage {
  if (after === undefined) {
    return { messages: newest.slice(-firstPage), more: newest.length > firstPage };
  }
  const last = newest.findLast(({ seq }) => seq <= after);
  const since = last ? Date.parse(last.at) - overlapMs : -Infinity;
  const missed = newest.filter(({ seq, at }) => seq > after || Date.parse(at) >= since);
  return { messages: missed.slice(-longestPage), more: !last && newest.length > longestPage };
}
