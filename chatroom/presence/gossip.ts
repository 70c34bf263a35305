import type { RedisLink } from '../fanout/redis-link';
import { parseGossipPayload, type GossipPayload } from './gossip-payload';
import type { RoomMember, Roster } from './roster';

export interface GossipProps {
  readonly replica: string;
  readonly channel: string;
  readonly roster: Roster;
  /** Called when another replica fell silent; what it stored last may never have been told. */
  readonly silent: (replica: string) => void;
}

export const aliveEveryMs = 5_000;
/** After this silence a replica's people are taken to be gone. */
export const expireAfterMs = 3 * aliveEveryMs;
const stepEveryMs = 100;
/** The whole state is repeated at most this often, however many ask. */
const stateEveryMs = 500;

/**
 * Keeps the rosters of all replicas alike: small steps as they happen, a sign of life every few seconds, and the
 * whole state for whoever notices that a step was missed.
 */
export class Gossip {
  readonly #props: GossipProps;
  readonly #steps = new Map<string, { readonly member: RoomMember; readonly present: boolean }>();
  #link: RedisLink | undefined;
  #revision = 0;
  #timers: NodeJS.Timeout[] = [];
  #stateTimer: NodeJS.Timeout | undefined;

  constructor(props: GossipProps) {
    this.#props = props;
  }

  attach(link: RedisLink): void {
    this.#link = link;
    link.on('up', () => {
      void this.#publish({ kind: 'ask', from: this.#props.replica });
      this.#publishState();
    });
    this.#timers = [
      setInterval(() => this.#step(), stepEveryMs),
      setInterval(() => this.#alive(), aliveEveryMs),
    ];
  }

  /** Somebody on this replica entered a room (their first connection there) or left it (their last). */
  changed(member: RoomMember, present: boolean): void {
    this.#props.roster.set(this.#props.replica, member, present, Date.now());
    // The later change of the same person in the same step is the one that counts.
    this.#steps.set(JSON.stringify(member), { member, present });
  }

  /** The channel's handler, for the link that {@link attach} is given. */
  readonly receive = (payload: string): void => {
    const said = parseGossipPayload(payload);
    const { replica, roster } = this.#props;
    if (!said || said.from === replica) return;
    const now = Date.now();
    switch (said.kind) {
      case 'alive':
        if (!roster.heard(said.from, said.revision, now)) this.#ask(said.from);
        break;
      case 'step':
        if (!roster.step(said.from, said.revision, said.entered, said.gone, now)) this.#ask(said.from);
        break;
      case 'state':
        roster.replace(said.from, said.revision, said.members, now);
        break;
      case 'ask':
        if (said.of === undefined || said.of === replica) {
          this.#stateTimer ??= setTimeout(() => this.#publishState(), stateEveryMs);
        }
        break;
      case 'bye':
        roster.drop(said.from);
        break;
    }
  };

  /** Says goodbye, so that nobody has to wait for the silence. */
  async close(): Promise<void> {
    this.#timers.forEach((timer) => clearInterval(timer));
    clearTimeout(this.#stateTimer);
    await this.#publish({ kind: 'bye', from: this.#props.replica });
  }

  #ask(of: string): void {
    void this.#publish({ kind: 'ask', from: this.#props.replica, of });
  }

  #alive(): void {
    const { roster, replica, silent } = this.#props;
    roster.expire(Date.now() - expireAfterMs, replica).forEach(silent);
    void this.#publish({ kind: 'alive', from: replica, revision: this.#revision });
  }

  #step(): void {
    if (this.#steps.size === 0) return;
    const steps = [...this.#steps.values()];
    this.#steps.clear();
    const entered = steps.filter(({ present }) => present).map(({ member }) => member);
    const gone = steps.filter(({ present }) => !present).map(({ member }) => member);
    this.#revision += 1;
    void this.#publish({ kind: 'step', from: this.#props.replica, revision: this.#revision, entered, gone });
  }

  #publishState(): void {
    clearTimeout(this.#stateTimer);
    this.#stateTimer = undefined;
    const { replica, roster } = this.#props;
    void this.#publish({
      kind: 'state',
      from: replica,
      revision: this.#revision,
      members: roster.members(replica),
    });
  }

  #publish(payload: GossipPayload): Promise<unknown> {
    return this.#link?.publish(this.#props.channel, JSON.stringify(payload)) ?? Promise.resolve();
  }
}
