import { Client } from 'pg';
import { ChatClient } from '../chatroom/client';
import { ChatClientError } from '../chatroom/client-error';
import { webSocketPath, type Message } from '../chatroom/protocol/frames';
import { chatroomRole, database } from '../local/components/postgresql';
import type { Stack } from '../local/stack';
import type { Note } from './note';

/** Everybody is in one room, so that every message has to reach everybody who watches. */
const room = 'soak';
/** Between two messages of one talker, on average. */
const pauseMs = 3_000;
const backoff = { firstMs: 200, longestMs: 2_000 };

/** Who watches: the room as each replica shows it, and as people see it. */
const watched = { 'witness-1': 'chat-1', 'witness-2': 'chat-2', 'witness-front': 'chatroom' } as const;
export const witnesses = Object.keys(watched) as readonly (keyof typeof watched)[];

/** People who write, through nginx as people do, and witnesses to whom everything has to be shown. */
export class Talkers {
  readonly #note: Note;
  readonly #talkers: ChatClient[] = [];
  readonly #witnesses: ChatClient[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Acknowledged messages, and the witnesses who have not been shown them. */
  readonly #unseen = new Map<string, Set<string>>();
  readonly #seenEarly = new Map<string, Set<string>>();
  #count = 0;
  #talking = true;

  constructor(stack: Stack, users: number, note: Note) {
    this.#note = note;
    const url = (port: (typeof watched)[keyof typeof watched]): string =>
      stack.site.url(port, webSocketPath).replace('http', 'ws');
    for (const name of witnesses) this.#witnesses.push(this.#witness(name, url(watched[name])));
    for (let index = 1; index <= users; index += 1) {
      const talker = new ChatClient({ url: url('chatroom'), name: `talker-${index}`, reads: false, backoff });
      talker.join(room);
      talker.open();
      this.#talkers.push(talker);
      this.#later(pauseMs * (0.5 + Math.random()), () => this.#talk(talker));
    }
  }

  /** Who is not connected, in words; nothing when everybody is. */
  get missing(): string | undefined {
    const all = [...this.#talkers, ...this.#witnesses];
    const connected = all.filter((each) => each.connected).length;
    return connected === all.length ? undefined : `${connected} of ${all.length} clients are connected`;
  }

  /** Says nothing more, and waits until everything that was said has been answered and shown, or it takes too long. */
  async finish(patienceMs: number): Promise<void> {
    this.#talking = false;
    const deadline = performance.now() + patienceMs;
    const busy = (): boolean => this.#unseen.size > 0 || this.#talkers.some(({ pending }) => pending > 0);
    while (busy() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  close(): void {
    this.#talking = false;
    this.#timers.forEach((timer) => clearTimeout(timer));
    for (const client of [...this.#talkers, ...this.#witnesses]) client.close();
  }

  #witness(name: string, url: string): ChatClient {
    const witness = new ChatClient({ url, name, backoff });
    const shown = (inRoom: string, messages: readonly Message[]): void => {
      if (inRoom !== room) return;
      for (const { id } of messages) this.#shown(id, name);
    };
    witness.on('messages', (frame) => shown(frame.room, frame.messages));
    // After a reconnection this brings what was missed.
    witness.on('joined', (frame) => shown(frame.room, frame.messages));
    witness.join(room);
    witness.open();
    return witness;
  }

  #shown(id: string, witness: string): void {
    const early = this.#seenEarly.get(id) ?? new Set();
    if (early.has(witness)) return; // those who come back are shown some of what they have seen
    this.#seenEarly.set(id, early.add(witness));
    this.#note({ kind: 'delivered', id, witness });
    const unseen = this.#unseen.get(id);
    unseen?.delete(witness);
    if (unseen?.size === 0) this.#unseen.delete(id);
  }

  #talk(talker: ChatClient): void {
    if (!this.#talking) return;
    // One at a time, as people do: whoever waits for an answer does not pile up more.
    if (talker.pending === 0) void this.#say(talker, `soak-${(this.#count += 1)}`);
    this.#later(pauseMs * (0.5 + Math.random()), () => this.#talk(talker));
  }

  async #say(talker: ChatClient, id: string): Promise<void> {
    this.#note({ kind: 'sent', id });
    try {
      await talker.send(room, `message ${id}`, id);
      const seen = this.#seenEarly.get(id) ?? new Set();
      const unseen = new Set<string>(witnesses.filter((name) => !seen.has(name)));
      if (unseen.size > 0) this.#unseen.set(id, unseen);
      this.#note({ kind: 'acknowledged', id });
    } catch (error) {
      if (!(error instanceof ChatClientError)) throw error;
      if (error.code !== 'closed') this.#note({ kind: 'refused', id, why: error.message });
    }
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}

/** The messages of the talkers that are in the database. */
export async function storedIds({ site }: Stack): Promise<readonly string[]> {
  const client = new Client({
    host: '127.0.0.1',
    port: site.ports.postgresql,
    user: chatroomRole,
    password: site.secrets.read('postgres-chatroom'),
    database,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ client_id: string }>(
      'select client_id from messages where room = $1',
      [room],
    );
    return rows.map((row) => row.client_id);
  } finally {
    await client.end();
  }
}
