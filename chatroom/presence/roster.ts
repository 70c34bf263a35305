/** Somebody entered or left a room, seen over all replicas together. */
export interface PresenceChange {
  readonly room: string;
  readonly name: string;
  readonly present: boolean;
}

export type RoomMember = readonly [room: string, name: string];

interface Replica {
  /** Counts the changes of that replica; undefined until its whole state is known. */
  revision: number | undefined;
  readonly rooms: Map<string, Set<string>>;
  heardAt: number;
}

/**
 * Who is in which room, on which replica. Nothing in here is stored anywhere: every replica knows its own people
 * for sure, and believes what others said until they have been silent for too long.
 */
export class Roster {
  readonly #replicas = new Map<string, Replica>();
  /** Room -> name -> on how many replicas. */
  readonly #present = new Map<string, Map<string, number>>();
  readonly #changed: (change: PresenceChange) => void;

  constructor(changed: (change: PresenceChange) => void) {
    this.#changed = changed;
  }

  count(room: string): number {
    return this.#present.get(room)?.size ?? 0;
  }

  /** Names in a room, at most `limit`, longest present first. */
  names(room: string, limit: number): string[] {
    const names: string[] = [];
    for (const name of this.#present.get(room)?.keys() ?? []) {
      if (names.length === limit) break;
      names.push(name);
    }
    return names;
  }

  rooms(): string[] {
    return [...this.#present.keys()];
  }

  /** Everything one replica holds, to be told to another. */
  members(replica: string): RoomMember[] {
    const rooms = this.#replicas.get(replica)?.rooms ?? new Map<string, Set<string>>();
    return [...rooms].flatMap(([room, names]) => [...names].map((name): RoomMember => [room, name]));
  }

  /** Notes one change of this replica itself, of which it need not be told. */
  set(replica: string, member: RoomMember, present: boolean, now: number): void {
    const known = this.#known(replica, now);
    if (present) this.#enter(known, member);
    else this.#leave(known, member);
  }

  /**
   * Takes over one step of a replica.
   *
   * @returns false when steps before it were missed, so that only its whole state can help.
   */
  step(
    replica: string,
    revision: number,
    entered: readonly RoomMember[],
    gone: readonly RoomMember[],
    now: number,
  ): boolean {
    const known = this.#known(replica, now);
    if (known.revision === undefined || known.revision + 1 !== revision) return known.revision === revision;
    known.revision = revision;
    gone.forEach((member) => this.#leave(known, member));
    entered.forEach((member) => this.#enter(known, member));
    return true;
  }

  /** Takes over the whole state of a replica. */
  replace(replica: string, revision: number, members: readonly RoomMember[], now: number): void {
    const known = this.#known(replica, now);
    known.revision = revision;
    const wanted = new Set(members.map((member) => JSON.stringify(member)));
    this.members(replica)
      .filter((member) => !wanted.has(JSON.stringify(member)))
      .forEach((member) => this.#leave(known, member));
    members.forEach((member) => this.#enter(known, member));
  }

  /**
   * Notes that a replica is alive.
   *
   * @returns false when what is known of it is not what it says it should be.
   */
  heard(replica: string, revision: number, now: number): boolean {
    return this.#known(replica, now).revision === revision;
  }

  /** Forgets one replica and everybody on it. */
  drop(replica: string): void {
    const known = this.#replicas.get(replica);
    if (!known) return;
    this.members(replica).forEach((member) => this.#leave(known, member));
    this.#replicas.delete(replica);
  }

  /** Forgets the replicas last heard before `oldest`, except `keep`, and names them. */
  expire(oldest: number, keep: string): string[] {
    const silent = [...this.#replicas]
      .filter(([replica, { heardAt }]) => replica !== keep && heardAt < oldest)
      .map(([replica]) => replica);
    silent.forEach((replica) => this.drop(replica));
    return silent;
  }

  #known(replica: string, now: number): Replica {
    let known = this.#replicas.get(replica);
    if (!known) {
      known = { revision: undefined, rooms: new Map(), heardAt: now };
      this.#replicas.set(replica, known);
    }
    known.heardAt = now;
    return known;
  }

  #enter(replica: Replica, [room, name]: RoomMember): void {
    let names = replica.rooms.get(room);
    if (!names) replica.rooms.set(room, (names = new Set()));
    if (names.has(name)) return;
    names.add(name);
    let counts = this.#present.get(room);
    if (!counts) this.#present.set(room, (counts = new Map<string, number>()));
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    if (before === 0) this.#changed({ room, name, present: true });
  }

  #leave(replica: Replica, [room, name]: RoomMember): void {
    const names = replica.rooms.get(room);
    if (!names?.delete(name)) return;
    if (names.size === 0) replica.rooms.delete(room);
    const counts = this.#present.get(room);
    const before = counts?.get(name) ?? 0;
    if (before > 1) {
      counts?.set(name, before - 1);
      return;
    }
    counts?.delete(name);
    if (counts?.size === 0) this.#present.delete(room);
    this.#changed({ room, name, present: false });
  }
}
