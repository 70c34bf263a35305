import { EventEmitter } from 'node:events';
import { createClient } from 'redis';
import type { Logger } from 'pino';
import type { CountException } from '../exceptions';

export interface RedisLinkProps {
  readonly url: string;
  readonly log: Logger;
  readonly countException: CountException;
  /** Channels to listen to, with what to do with what arrives. Must not throw. */
  readonly channels: Readonly<Record<string, (payload: string) => void>>;
  /** How often Redis has to show that it is there. @default 2000 */
  readonly pingEveryMs?: number;
}

interface RedisLinkEvents {
  /** Publishing and receiving work; `deafSeconds` is how long they did not, from the first start on. */
  up: [deafSeconds: number];
  down: [];
}

const pingTimeoutMs = 2_000;
const longestPauseMs = 2_000;

/**
 * The connection to Redis: one client that publishes, one that listens, alive and dead together.
 *
 * node-redis would reconnect by itself, but it waits for ever for a Redis that accepts connections and does not
 * answer. Here every life is watched by a ping with a deadline, and a new one starts when it misses.
 */
export class RedisLink extends EventEmitter<RedisLinkEvents> {
  readonly #props: RedisLinkProps;
  #publisher: Client | undefined;
  #stopping = new AbortController();
  #life: Promise<void> | undefined;
  #heardAt = Date.now();
  #reported = false;

  constructor(props: RedisLinkProps) {
    super();
    this.#props = props;
  }

  get up(): boolean {
    return this.#publisher !== undefined;
  }

  start(): void {
    this.#life ??= this.#live();
  }

  /** Publishes if Redis is there; a message that is not delivered now is for whoever calls to catch up. */
  async publish(channel: string, payload: string): Promise<boolean> {
    const publisher = this.#publisher;
    if (!publisher) return false;
    try {
      await publisher.publish(channel, payload);
      return true;
    } catch (error) {
      this.#props.countException('redis');
      this.#props.log.debug({ err: error }, 'a publication failed');
      return false;
    }
  }

  /** Resolves when Redis answers. */
  async ping(): Promise<void> {
    const publisher = this.#publisher;
    if (!publisher) throw new Error('not connected to Redis');
    await answered(publisher);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.#liveOnce(() => (failures = 0));
      } catch (error) {
        if (signal.aborted) break;
        this.#props.countException('redis');
        if (!this.#reported) {
          this.#reported = true;
          this.#props.log.error(
            { err: error },
            'Redis does not answer; other replicas are heard through PostgreSQL',
          );
        }
      }
      await pause(Math.min(longestPauseMs, 100 * 2 ** failures) * (0.5 + Math.random() / 2), signal);
    }
  }

  /** One pair of clients, from connecting to the first failure. */
  async #liveOnce(connected: () => void): Promise<void> {
    const publisher = newClient(this.#props.url);
    const listener = newClient(this.#props.url);
    const life = new AbortController();
    const broken = new Promise<never>((_, reject) => {
      for (const client of [publisher, listener]) {
        client.on('error', reject);
        client.on('end', () => reject(new Error('Redis closed the connection')));
      }
    });
    try {
      // Raced once and not step by step: a promise that is pending for a whole life keeps whatever was raced with it.
      await Promise.race([broken, this.#serve(publisher, listener, life.signal, connected)]);
    } finally {
      life.abort();
      if (this.#publisher) {
        this.#publisher = undefined;
        this.emit('down');
      }
      for (const client of [publisher, listener]) if (client.isOpen) client.destroy();
    }
  }

  /** Connects, subscribes and keeps asking whether Redis is there, until it misses a deadline or `life` ends. */
  async #serve(publisher: Client, listener: Client, life: AbortSignal, connected: () => void): Promise<void> {
    const { channels, log, pingEveryMs = 2_000 } = this.#props;
    const over = AbortSignal.any([life, this.#stopping.signal]);
    await deadline(Promise.all([publisher.connect(), listener.connect()]), 3_000);
    const subscriptions = Object.entries(channels).map(([channel, receive]) =>
      listener.subscribe(channel, receive),
    );
    await deadline(Promise.all(subscriptions), pingTimeoutMs);
    if (life.aborted) return;
    connected();
    this.#publisher = publisher;
    if (this.#reported) log.info('Redis answers again');
    this.#reported = false;
    this.emit('up', (Date.now() - this.#heardAt) / 1_000);
    while (!over.aborted) {
      await Promise.all([answered(publisher), answered(listener)]);
      this.#heardAt = Date.now();
      await pause(pingEveryMs, over);
    }
    // Leaving on purpose: let what was published last go out.
    if (!life.aborted) await deadline(publisher.close(), 1_000).catch(() => undefined);
  }
}

type Client = ReturnType<typeof newClient>;

function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    // By default every command, also one that was answered long ago, is remembered by a timer for 5 s. What is not
    // answered here fails with the life that it belongs to.
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: 2_000, reconnectStrategy: false },
  });
}

const answered = (client: Client): Promise<unknown> => deadline(client.ping(), pingTimeoutMs);

async function deadline<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
