import type { Logger } from 'pino';
import type { CountException } from './exceptions';
import { RedisLink } from './fanout/redis-link';
import { Relay } from './fanout/relay';
import type { ReadinessCheck } from './http/readiness';
import { migrate } from './storage/migrate';
import { MessageStore } from './storage/message-store';
import { readRecent } from './storage/message-reader';
import { Postgres } from './storage/postgres';
import type { SharedSettings } from './settings';

export interface BackboneProps {
  readonly settings: SharedSettings;
  /** Unique among all processes of the chat room. */
  readonly replica: string;
  readonly log: Logger;
  readonly countException: CountException;
  readonly broadcast: (room: string, frame: string) => number;
  /** How long messages were on their way. @default nobody measures it */
  readonly delivered?: (seconds: number) => void;
  /** How long a publication of another replica took to arrive. @default nobody measures it */
  readonly relayed?: (seconds: number) => void;
  readonly rooms: () => readonly string[];
  /** Further channels, by the end of their name. @default none */
  readonly channels?: Readonly<Record<string, (payload: string) => void>>;
}

const migrationRetryMs = 1_000;
/** Messages that are read at once to catch up: as many as one insert may have stored, and so as one frame may hold. */
const catchUpPage = 500;

/** The name of a channel of this chat room; the version keeps replicas of different ages from misreading each other. */
export const channelName = (prefix: string, channel: string): string => `${prefix}:v1:${channel}`;

/**
 * What the server and the webhook have in common: the way of a message into PostgreSQL and from there through Redis
 * to everybody.
 */
export class Backbone {
  readonly postgres: Postgres;
  readonly link: RedisLink;
  readonly relay: Relay;
  readonly store: MessageStore;
  readonly #props: BackboneProps;
  #migrated = false;
  #migrationTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(props: BackboneProps) {
    this.#props = props;
    const { settings, replica, log, countException } = props;
    const { databaseUrl, databasePoolSize, redisUrl, redisPrefix } = settings;
    const relayChannel = channelName(redisPrefix, 'messages');
    this.postgres = new Postgres({
      url: databaseUrl,
      poolSize: databasePoolSize,
      applicationName: replica,
      log,
      countException,
    });
    this.relay = new Relay({
      replica,
      channel: relayChannel,
      broadcast: props.broadcast,
      delivered: props.delivered ?? (() => undefined),
      relayed: props.relayed ?? (() => undefined),
      rooms: props.rooms,
      readRecent: (query) => readRecent(this.postgres, { ...query, limit: catchUpPage }),
    });
    this.link = new RedisLink({
      url: redisUrl,
      log,
      countException,
      channels: { [relayChannel]: this.relay.receive, ...props.channels },
    });
    this.relay.attach(this.link);
    this.store = new MessageStore({
      postgres: this.postgres,
      committed: this.relay.committed,
      uncertain: this.relay.uncertain,
    });
  }

  /** What must answer before this process is of use. */
  readonly checks: Readonly<Record<string, ReadinessCheck>> = {
    postgres: async () => {
      await this.postgres.ping();
      if (!this.#migrated) throw new Error('the schema is not up to date yet');
    },
    redis: () => this.link.ping(),
  };

  /** Starts connecting; PostgreSQL and Redis may come later. */
  start(): void {
    this.link.start();
    void this.#migrate();
  }

  /** Waits for what is on its way, then disconnects. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#migrationTimer);
    await this.store.close();
    this.relay.close();
    await this.link.close();
    await this.postgres.close();
  }

  async #migrate(): Promise<void> {
    try {
      await migrate(this.postgres, this.#props.log);
      this.#migrated = true;
    } catch (error) {
      if (this.#closed) return;
      this.#props.log.warn(
        { err: error },
        `the schema could not be brought up to date; next try in ${migrationRetryMs} ms`,
      );
      this.#migrationTimer = setTimeout(() => void this.#migrate(), migrationRetryMs);
    }
  }
}
