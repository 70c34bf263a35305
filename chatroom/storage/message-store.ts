import { trace } from '@opentelemetry/api';
import type { MessageKind, Message } from '../protocol/frames';
import { isDataError, type Postgres } from './postgres';
import { StorageOverloaded } from './unavailable';

/** A message that is not stored yet. */
export interface Draft {
  readonly room: string;
  readonly author: string;
  readonly kind: MessageKind;
  readonly id: string;
  readonly text: string;
}

export interface Stored {
  readonly room: string;
  readonly message: Message;
  /** False when an earlier attempt had stored it already. */
  readonly fresh: boolean;
  /** When this process was given the message, in milliseconds since 1970. */
  readonly acceptedAt: number;
}

type Accepted = Draft & { readonly acceptedAt: number };

interface Waiting {
  readonly draft: Accepted;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: unknown) => void;
}

export interface MessageStoreProps {
  readonly postgres: Postgres;
  /** Called with everything that one insert stored, before those who wait for it are told. */
  readonly committed: (stored: readonly Stored[]) => void;
  /** Called when an insert failed without saying whether it was carried out. */
  readonly uncertain: () => void;
  /** @default 5000 messages */
  readonly maxWaiting?: number;
  /** @default 500 messages */
  readonly maxBatch?: number;
}

/**
 * Writes messages in groups: while one insert is on its way, what arrives is collected for the next. Under load a
 * commit is shared by hundreds of messages, without load a message waits for nobody.
 */
export class MessageStore {
  readonly #props: MessageStoreProps;
  readonly #maxWaiting: number;
  readonly #maxBatch: number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(props: MessageStoreProps) {
    this.#props = props;
    this.#maxWaiting = props.maxWaiting ?? 5_000;
    this.#maxBatch = props.maxBatch ?? 500;
  }

  /**
   * Resolves once the message is committed.
   *
   * @throws StorageUnavailable, StorageOverloaded
   */
  add(draft: Draft): Promise<Stored> {
    if (this.#waiting.length >= this.#maxWaiting) {
      return Promise.reject(
        new StorageOverloaded(`${this.#waiting.length} messages wait for PostgreSQL; try again later`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft: { ...draft, acceptedAt: Date.now() }, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /**
   * Resolves when nothing waits any more. Who waits behind an insert that PostgreSQL does not answer is refused with it:
   * to try for each of them would take longer than there is to stop.
   */
  async close(): Promise<void> {
    this.#closing = true;
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Let the rest of this turn of the event loop join the first group.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#maxBatch);
      this.#waiting = this.#waiting.slice(this.#maxBatch);
      await this.#write(group);
    }
    this.#running = undefined;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      const stored = await tracer.startActiveSpan('chatroom.store', async (span) => {
        span.setAttribute('chatroom.messages', group.length);
        return insert(
          this.#props.postgres,
          group.map(({ draft }) => draft),
        ).finally(() => span.end());
      });
      this.#props.committed(stored);
      group.forEach(({ resolve }, index) => resolve(stored[index] as Stored));
    } catch (error) {
      if (isDataError(error) && group.length > 1) {
        // One message that PostgreSQL cannot hold must not take its neighbours down with it.
        for (const one of group) await this.#write([one]);
        return;
      }
      if (!isDataError(error)) this.#props.uncertain();
      const refused = this.#closing && !isDataError(error) ? [...group, ...this.#waiting.splice(0)] : group;
      refused.forEach(({ reject }) => reject(error));
    }
  }
}

const tracer = trace.getTracer('chatroom');

interface StoredRow {
  readonly ord: number;
  readonly seq: string;
  readonly at: Date;
  readonly text: string;
  readonly fresh: boolean;
}

// `taken` sees the table as it was before `inserted`, so what it finds are the messages of earlier attempts.
// They are looked up one by one: PostgreSQL cannot know how few drafts a JSON holds, and a join would read the whole
// table for every group.
// A message that is twice in one group is inserted once; its second place is filled from the first below.
const insertGroup = `
  WITH draft AS (
    SELECT * FROM json_to_recordset($1::json)
      AS d (ord int, room text, author text, kind text, id text, text text)
  ), inserted AS (
    INSERT INTO messages (room, author, kind, client_id, text)
    SELECT room, author, kind, id, text FROM draft ORDER BY ord
    ON CONFLICT ON CONSTRAINT messages_are_stored_once DO NOTHING
    RETURNING seq, room, author, client_id, text, at
  ), taken AS (
    SELECT m.seq, m.room, m.author, m.client_id, m.text, m.at
    FROM draft d CROSS JOIN LATERAL (
      SELECT * FROM messages
      WHERE (room, author, client_id) = (d.room, d.author, d.id)
      LIMIT 1
    ) m
  ), stored AS (
    SELECT *, true AS fresh FROM inserted UNION ALL SELECT *, false AS fresh FROM taken
  ), named AS (
    INSERT INTO rooms (name) SELECT DISTINCT room FROM draft ON CONFLICT DO NOTHING
  )
  SELECT d.ord, s.seq, s.text, s.at, s.fresh
  FROM draft d JOIN stored s ON (s.room, s.author, s.client_id) = (d.room, d.author, d.id)`;

/** Stores drafts in one statement and returns them in the same order. */
async function insert(postgres: Postgres, drafts: readonly Accepted[]): Promise<Stored[]> {
  const stored = new Array<Stored | undefined>(drafts.length);
  // A message that a concurrent transaction stored between our snapshot and our insert is in neither part of the
  // answer; a second look, with a new snapshot, finds it.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const missing = drafts.flatMap((draft, ord) => (stored[ord] ? [] : [{ ord, ...draft }]));
    if (missing.length === 0) break;
    const rows = await postgres.query<StoredRow>('insert-messages', insertGroup, [JSON.stringify(missing)]);
    for (const { ord, seq, text, at, fresh } of rows) {
      const { room, id, author, kind, acceptedAt } = drafts[ord] as Accepted;
      stored[ord] = {
        room,
        fresh,
        acceptedAt,
        message: { seq: Number(seq), id, author, kind, text, at: at.toISOString() },
      };
    }
  }
  if (stored.includes(undefined))
    throw new Error('PostgreSQL neither stored a message nor has it; this is a defect');
  return stored as Stored[];
}
