import type { Message, MessageKind } from '../protocol/frames';
import { type Postgres, statementSeconds } from './postgres';

/** How far back in numbers a replica looks for what it missed, and remembers what it has shown. */
export const rememberedMessages = 20_000;

/** A message as it was read, with the room it is in. */
export interface RoomMessage {
  readonly room: string;
  readonly message: Message;
}

interface Row {
  readonly seq: string;
  readonly room: string;
  readonly author: string;
  readonly kind: MessageKind;
  readonly client_id: string;
  readonly text: string;
  readonly at: Date;
}

const columns = 'seq, room, author, kind, client_id, text, at';

const toMessage = ({ seq, author, kind, client_id, text, at }: Row): Message => ({
  seq: Number(seq),
  id: client_id,
  author,
  kind,
  text,
  at: at.toISOString(),
});

export interface HistoryQuery {
  readonly room: string;
  readonly limit: number;
  readonly before?: number;
}

export type ReadHistory = (query: HistoryQuery) => Promise<Message[]>;

/** The newest messages of a room below `before`, oldest first. */
export async function readMessages(postgres: Postgres, props: HistoryQuery): Promise<Message[]> {
  const rows = await postgres.query<Row>(
    'read-messages',
    `SELECT ${columns} FROM messages WHERE room = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`,
    [props.room, props.before ?? Number.MAX_SAFE_INTEGER, props.limit],
  );
  return rows.map(toMessage).reverse();
}

export interface RecentQuery {
  readonly rooms: readonly string[];
  /** How far back to look. */
  readonly seconds: number;
  /** The `seq` of the last message of the page before. @default - from the oldest of these seconds */
  readonly after?: number;
  readonly limit: number;
}

/** Some of the messages of a time, oldest first. */
export interface RecentPage {
  readonly messages: readonly RoomMessage[];
  /** The page was cut: there may be more behind its last message. */
  readonly more: boolean;
}

// Bounded by the primary key first: without it a quiet day would be answered by reading the whole table. Further back
// than this, nobody would remember what had been shown already.
const recent = `
  SELECT ${columns} FROM messages
  WHERE seq > coalesce($3::bigint, (SELECT max(seq) FROM messages) - ${rememberedMessages}, 0)
    AND room = ANY($1) AND at > now() - make_interval(secs => $2)
  ORDER BY seq LIMIT $4`;

/**
 * The messages of some rooms that were stored within the last `seconds`, page by page.
 *
 * The clock is PostgreSQL's own. A statement's length is added, because `at` is the moment its transaction began.
 */
export async function readRecent(postgres: Postgres, query: RecentQuery): Promise<RecentPage> {
  const { rooms, seconds, after, limit } = query;
  if (rooms.length === 0) return { messages: [], more: false };
  const rows = await postgres.query<Row>('read-recent', recent, [
    rooms,
    seconds + statementSeconds,
    after ?? null,
    limit,
  ]);
  return {
    messages: rows.map((row) => ({ room: row.room, message: toMessage(row) })),
    more: rows.length === limit,
  };
}

export async function readRooms(postgres: Postgres, limit: number): Promise<string[]> {
  const rows = await postgres.query<{ name: string }>(
    'read-rooms',
    'SELECT name FROM rooms ORDER BY created_at, name LIMIT $1',
    [limit],
  );
  return rows.map(({ name }) => name);
}
