import type { Message, MessageKind } from '../protocol/frames';
import { type Postgres, statementSeconds } from './postgres';

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

/**
 * The newest messages of some rooms stored within the last `seconds`, oldest first.
 *
 * The clock is PostgreSQL's own. A statement's length is added, because `at` is the moment its transaction began.
 */
export async function readRecent(
  postgres: Postgres,
  props: { readonly rooms: readonly string[]; readonly seconds: number; readonly limit: number },
): Promise<RoomMessage[]> {
  if (props.rooms.length === 0) return [];
  const rows = await postgres.query<Row>(
    'read-recent',
    // Bounded by the primary key first: without it a quiet day would be answered by reading the whole table.
    `SELECT ${columns} FROM messages
     WHERE seq > (SELECT coalesce(max(seq), 0) - 20000 FROM messages)
       AND room = ANY($1) AND at > now() - make_interval(secs => $2)
     ORDER BY seq DESC LIMIT $3`,
    [props.rooms, props.seconds + statementSeconds, props.limit],
  );
  return rows.map((row) => ({ room: row.room, message: toMessage(row) })).reverse();
}

export async function readRooms(postgres: Postgres, limit: number): Promise<string[]> {
  const rows = await postgres.query<{ name: string }>(
    'read-rooms',
    'SELECT name FROM rooms ORDER BY created_at, name LIMIT $1',
    [limit],
  );
  return rows.map(({ name }) => name);
}
