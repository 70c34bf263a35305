import type { ServerFrame } from '../protocol/frames';
import type { PresenceChange } from './roster';

/** Names listed in one frame; beyond it only the count is told, or entering a crowd would cost a crowd each time. */
export const maxListedNames = 200;

const everyMs = 250;
/** In rooms with more people than this the news are collected for longer. */
const crowd = 500;
const crowdEveryMs = 1_000;

export interface AnnouncerProps {
  /** How many people are in a room. */
  readonly count: (room: string) => number;
  readonly broadcast: (room: string, frame: string) => void;
}

/**
 * Tells the people of a room who came and went: several changes in one frame, and only the last of each person.
 */
export class Announcer {
  readonly #pending = new Map<string, Map<string, boolean>>();
  readonly #props: AnnouncerProps;

  constructor(props: AnnouncerProps) {
    this.#props = props;
  }

  note({ room, name, present }: PresenceChange): void {
    let changes = this.#pending.get(room);
    if (!changes) {
      this.#pending.set(room, (changes = new Map<string, boolean>()));
      const delay = this.#props.count(room) > crowd ? crowdEveryMs : everyMs;
      setTimeout(() => this.#tell(room), delay).unref();
    }
    // Where somebody is in the end is told even if they were there before: somebody else may have entered, and been
    // given the list, just while they were away.
    changes.set(name, present);
  }

  #tell(room: string): void {
    const changes = [...(this.#pending.get(room) ?? [])];
    this.#pending.delete(room);
    if (changes.length === 0) return;
    const names = (wanted: boolean) =>
      changes
        .filter(([, present]) => present === wanted)
        .map(([name]) => name)
        .slice(0, maxListedNames);
    this.#props.broadcast(
      room,
      JSON.stringify({
        type: 'presence',
        room,
        joined: names(true),
        left: names(false),
        memberCount: this.#props.count(room),
      } satisfies ServerFrame),
    );
  }
}
