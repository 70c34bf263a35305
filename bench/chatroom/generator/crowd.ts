import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from '../contenders';
import { marks } from '../marker';
import { RawClient } from './raw-client';

/** Connecting at once; more would measure the accept queue of the kernel. */
const atOnce = 100;
const gatherTimeoutMs = 60_000;
const senders = 10;

export interface CrowdProps {
  readonly contender: Contender;
  readonly port: number;
  readonly connections: number;
  readonly room: string;
  /**
   * A silence after which nothing more is on its way: news of who came are collected for at most a second.
   *
   * @default 1500
   */
  readonly quietMs?: number;
}

/** A room full of connections that note when each message reaches each of them. */
export class Crowd {
  /** Told of every message as it reaches one connection. */
  delivered: (index: number) => void = () => undefined;
  /** Frames that held messages. */
  frames = 0;
  readonly #props: CrowdProps;
  readonly #clients: RawClient[] = [];
  readonly #failed: Promise<never>;
  #fail: (error: Error) => void = () => undefined;
  #entered = 0;
  #heardAt = performance.now();
  #next = 0;
  /** Everybody is sent the same bytes: most frames are recognised by comparing, which is cheaper than reading. */
  #last: { readonly bytes: Buffer; readonly indexes: readonly number[] } | undefined;

  private constructor(props: CrowdProps) {
    this.#props = props;
    this.#failed = new Promise((_, reject) => (this.#fail = reject));
    this.#failed.catch(() => undefined);
  }

  /** Resolves when everybody is in the room and nothing more is being said about that. */
  static async gather(props: CrowdProps): Promise<Crowd> {
    const crowd = new Crowd(props);
    try {
      await crowd.within(crowd.#gather());
    } catch (error) {
      crowd.disperse();
      throw error;
    }
    return crowd;
  }

  get size(): number {
    return this.#clients.length;
  }

  /** Sends the next message from one of a few connections in turn, and returns its number. */
  send(): number {
    const index = this.#next++;
    const sender = this.#clients[index % Math.min(senders, this.#clients.length)];
    sender?.say(this.#props.contender.message(index, this.#props.room));
    return index;
  }

  /** Waits for some work, or for the first connection that breaks. */
  async within<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed]);
  }

  disperse(): void {
    for (const client of this.#clients) client.destroy();
  }

  async #gather(): Promise<void> {
    const { connections, quietMs = 1_500 } = this.#props;
    const deadline = performance.now() + gatherTimeoutMs;
    const until = async (done: () => boolean, pauseMs: number): Promise<void> => {
      while (!done()) {
        if (performance.now() > deadline) {
          throw new Error(`only ${this.#entered} of ${connections} connections were in the room in time`);
        }
        await sleep(pauseMs);
      }
    };
    while (this.#clients.length < connections) {
      const count = Math.min(atOnce, connections - this.#clients.length);
      for (let i = 0; i < count; i += 1) this.#clients.push(this.#client(this.#clients.length));
      await until(() => this.#entered === this.#clients.length, 2);
    }
    await until(() => performance.now() - this.#heardAt > quietMs, 50);
  }

  #client(number: number): RawClient {
    const { contender, port, room } = this.#props;
    const opened = (client: RawClient): void => {
      for (const frame of contender.greeting(`user-${number}`, room)) client.say(frame);
      if (contender.entered === undefined) this.#entered += 1;
    };
    return new RawClient({
      port,
      path: contender.path,
      ...(contender.subprotocol && { subprotocol: contender.subprotocol }),
      opened,
      heard: (_client, payload) => this.#heard(payload),
      lost: (why) => this.#fail(new Error(`a connection to the ${contender.name} broke: ${why}`)),
    });
  }

  #heard(payload: Buffer): void {
    if (this.#last?.bytes.equals(payload)) {
      this.#count(this.#last.indexes);
      return;
    }
    const start = payload.toString('latin1', 0, 32);
    const { entered, name } = this.#props.contender;
    if (entered !== undefined && start.startsWith(entered)) {
      this.#entered += 1;
      this.#heardAt = performance.now();
      return; // it may bring old messages along, which are not news
    }
    if (start.startsWith('{"type":"error"')) {
      return this.#fail(new Error(`the ${name} refused a frame: ${payload.toString()}`));
    }
    const indexes = marks(payload);
    if (indexes.length === 0) {
      this.#heardAt = performance.now();
      return;
    }
    this.#last = { bytes: Buffer.from(payload), indexes };
    this.#count(indexes);
  }

  #count(indexes: readonly number[]): void {
    this.frames += 1;
    for (const index of indexes) this.delivered(index);
  }
}
