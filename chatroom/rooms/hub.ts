import type { RoomMember } from '../presence/roster';
import { textFrame } from '../protocol/text-frame';

/** What the hub needs of a connection. */
export interface Member {
  readonly name: string;
  /** Sends a frame, ready for the wire, that is shared with other members: never to be changed. */
  send(frame: Buffer): void;
}

interface Room {
  readonly members: Set<Member>;
  /** How many connections a name has in this room. */
  readonly names: Map<string, number>;
}

/** Which connections of this replica are in which room. */
export class Hub {
  readonly #rooms = new Map<string, Room>();
  readonly #changed: (member: RoomMember, present: boolean) => void;

  /** @param changed - called when somebody's first connection enters a room, and when their last one leaves it. */
  constructor(changed: (member: RoomMember, present: boolean) => void) {
    this.#changed = changed;
  }

  enter(room: string, member: Member): void {
    let known = this.#rooms.get(room);
    if (!known) this.#rooms.set(room, (known = { members: new Set(), names: new Map() }));
    if (known.members.has(member)) return;
    known.members.add(member);
    const connections = known.names.get(member.name) ?? 0;
    known.names.set(member.name, connections + 1);
    if (connections === 0) this.#changed([room, member.name], true);
  }

  leave(room: string, member: Member): void {
    const known = this.#rooms.get(room);
    if (!known?.members.delete(member)) return;
    const connections = (known.names.get(member.name) ?? 1) - 1;
    if (connections > 0) {
      known.names.set(member.name, connections);
    } else {
      known.names.delete(member.name);
      this.#changed([room, member.name], false);
    }
    if (known.members.size === 0) this.#rooms.delete(room);
  }

  rooms(): string[] {
    return [...this.#rooms.keys()];
  }

  /**
   * Gives a frame to every connection in a room, and returns how many they are. It is encoded once, however many.
   */
  readonly broadcast = (room: string, frame: string): number => {
    const known = this.#rooms.get(room);
    if (!known) return 0;
    const bytes = textFrame(frame);
    for (const member of known.members) member.send(bytes);
    return known.members.size;
  };
}
