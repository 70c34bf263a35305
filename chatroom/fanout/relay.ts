import type { ServerFrame } from '../protocol/frames';
import type { RecentPage, RecentQuery, RoomMessage } from '../storage/message-reader';
import type { Stored } from '../storage/message-store';
import { Delivered } from './delivered';
import { groupByRoom } from './group-by-room';
import type { RedisLink } from './redis-link';
import { parseRelayPayload, type RelayPayload } from './relay-payload';

export interface RelayProps {
  readonly replica: string;
  readonly channel: string;
  /** Gives a frame to everybody in the room on this replica, and returns how many they are. */
  readonly broadcast: (room: string, frame: string) => number;
  /** Called with how long messages were on their way, once for each frame that somebody was given. */
  readonly delivered: (seconds: number) => void;
  /** Called with how long a publication of another replica took to arrive. */
  readonly relayed: (seconds: number) => void;
  /** Rooms that somebody on this replica is in. */
  readonly rooms: () => readonly string[];
  /** Reads what was stored in some rooms within the last seconds, as much of it at once as is good. */
  readonly readRecent: (query: Omit<RecentQuery, 'limit'>) => Promise<RecentPage>;
}

interface Accepted extends RoomMessage {
  /** In milliseconds since 1970. */
  readonly acceptedAt: number;
}

/** While Redis is away the other replicas are heard through PostgreSQL, this often. */
const deafPollMs = 1_000;
const retryMs = 2_000;
/** A message that was sent twice is shown again only while somebody may still be waiting for it. */
const repeatWithinMs = 10 * 60_000;

/**
 * Brings stored messages to everybody: at once to the clients of this replica, through Redis to those of others.
 * PostgreSQL is the truth, Redis only the quick way: whatever a replica may have missed it reads again.
 */
export class Relay {
  readonly #props: RelayProps;
  readonly #delivered = new Delivered();
  #link: RedisLink | undefined;
  #missedSince: number | undefined;
  #catchUpTimer: NodeJS.Timeout | undefined;
  #pollTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(props: RelayProps) {
    this.#props = props;
  }

  /** The channel's handler, for the link that {@link attach} is given. */
  readonly receive = (payload: string): void => {
    const parsed = parseRelayPayload(payload);
    if (!parsed || parsed.from === this.#props.replica) return;
    if (parsed.frames && parsed.at !== undefined) this.#props.relayed(secondsSince(parsed.at));
    for (const { room, seqs, frame, acceptedAt } of parsed.frames ?? []) {
      seqs.forEach((seq) => this.#delivered.add(seq));
      this.#broadcast(room, frame, acceptedAt);
    }
    if (parsed.missedSeconds) this.catchUp(parsed.missedSeconds);
  };

  attach(link: RedisLink): void {
    this.#link = link;
    link.on('up', (deafSeconds) => {
      clearInterval(this.#pollTimer);
      // Both directions were cut: we ask for what we missed, and tell the others what they missed from us.
      const missedSeconds = Math.max(1, deafSeconds);
      this.catchUp(missedSeconds);
      this.#publish({ from: this.#props.replica, missedSeconds });
    });
    link.on('down', () => {
      clearInterval(this.#pollTimer);
      if (!this.#closed) this.#pollTimer = setInterval(() => this.catchUp(deafPollMs / 500), deafPollMs);
    });
  }

  /** Takes what was just stored to everybody. */
  readonly committed = (stored: readonly Stored[]): void => {
    const oldest = Date.now() - repeatWithinMs;
    const news = stored.filter(({ fresh, message }) => fresh || Date.parse(message.at) > oldest);
    const frames = this.#deliver(
      news.map(({ room, message, fresh, acceptedAt }) => ({
        room,
        message,
        // What an earlier attempt stored has been on its way since then.
        acceptedAt: fresh ? acceptedAt : Date.parse(message.at),
      })),
    );
    if (frames.length > 0) this.#publish({ from: this.#props.replica, at: Date.now(), frames });
  };

  /**
   * An insert failed and may have been carried out all the same. Its sender will try again or give up; everybody
   * else learns of it here, once PostgreSQL answers.
   */
  readonly uncertain = (): void => {
    // Already looking: under load an outage fails hundreds of inserts, and one look afterwards finds them all.
    if (this.#missedSince !== undefined) return;
    this.#publish({ from: this.#props.replica, missedSeconds: 5 });
    this.catchUp(5);
  };

  /** Looks for messages of the last seconds that were not delivered, now or as soon as PostgreSQL answers. */
  catchUp(seconds: number): void {
    const since = Date.now() - seconds * 1_000;
    this.#missedSince = Math.min(this.#missedSince ?? since, since);
    if (!this.#catchUpTimer && !this.#closed) this.#schedule(0);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#catchUpTimer);
    clearInterval(this.#pollTimer);
  }

  #schedule(delayMs: number): void {
    this.#catchUpTimer = setTimeout(() => {
      void this.#readMissed();
    }, delayMs);
  }

  async #readMissed(): Promise<void> {
    const since = this.#missedSince ?? Date.now();
    this.#missedSince = undefined;
    try {
      const rooms = this.#props.rooms();
      let after: number | undefined;
      let more = true;
      while (more && !this.#closed) {
        const seconds = (Date.now() - since) / 1_000;
        const page = await this.#props.readRecent({ rooms, seconds, ...(after !== undefined && { after }) });
        this.#deliver(
          page.messages
            .filter(({ message }) => !this.#delivered.has(message.seq))
            .map((missed) => ({ ...missed, acceptedAt: Date.parse(missed.message.at) })),
        );
        after = page.messages.at(-1)?.message.seq;
        more = page.more && after !== undefined;
      }
    } catch {
      // Counted and logged where it happened; what matters here is to look again.
      this.#missedSince = Math.min(since, this.#missedSince ?? since);
    }
    this.#catchUpTimer = undefined;
    if (this.#missedSince !== undefined && !this.#closed) this.#schedule(retryMs);
  }

  #deliver(messages: readonly Accepted[]): NonNullable<RelayPayload['frames']> {
    const oldest = oldestByRoom(messages);
    return [...groupByRoom(messages)].map(([room, list]) => {
      const frame = JSON.stringify({ type: 'messages', room, messages: list } satisfies ServerFrame);
      const seqs = list.map(({ seq }) => seq);
      const acceptedAt = oldest.get(room);
      seqs.forEach((seq) => this.#delivered.add(seq));
      this.#broadcast(room, frame, acceptedAt);
      return { room, seqs, frame, acceptedAt };
    });
  }

  /** One observation a frame, however many connections get it, and none where nobody does. */
  #broadcast(room: string, frame: string, acceptedAt: number | undefined): void {
    const members = this.#props.broadcast(room, frame);
    if (members > 0 && acceptedAt !== undefined) this.#props.delivered(secondsSince(acceptedAt));
  }

  #publish(payload: RelayPayload): void {
    void this.#link?.publish(this.#props.channel, JSON.stringify(payload));
  }
}

/** Clocks of two replicas differ a little; nothing arrives before it was sent. */
function secondsSince(at: number): number {
  return Math.max(0, Date.now() - at) / 1_000;
}

function oldestByRoom(messages: readonly Accepted[]): ReadonlyMap<string, number> {
  const oldest = new Map<string, number>();
  for (const { room, acceptedAt } of messages) {
    oldest.set(room, Math.min(acceptedAt, oldest.get(room) ?? acceptedAt));
  }
  return oldest;
}
