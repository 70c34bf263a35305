import { ChatClient } from '../chatroom/client';
import { ChatClientError } from '../chatroom/client-error';
import { webSocketPath } from '../chatroom/protocol/frames';
import type { Stack } from './stack';

const rooms = ['lobby', 'music', 'books', 'travel', 'food', 'films', 'games', 'garden'] as const;
const usersPerRoom = 10;

/** What people say; enough variety that a room is pleasant to look at. */
const phrases = [
  'Good morning!',
  '大家好',
  'Has anybody seen the new release?',
  '今晚有空吗？',
  'Back in five minutes.',
  'I would not have thought so, but it works.',
  '哈哈，太好了',
  'Where do we meet?',
] as const;

/** Between two messages of one user, on average. */
const pauseMilliseconds = 8_000;

/** Below twenty requests in five minutes the rules decline to judge; this many a second are well above. */
const judgedRequestsPerSecond = 0.17;

export interface LoadProps {
  /** How many people chat at a time. */
  readonly users: number;
  /** @default - as many as the users would cause, and enough for the rules to judge */
  readonly requestsPerSecond?: number;
}

/** People who chat through nginx, and pages that read rooms and their history. */
export class Load {
  readonly #clients: ChatClient[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;
  /** Whether they talk; where they do not, they still listen, and pages are still read. */
  talking = true;

  constructor(stack: Stack, props: LoadProps) {
    const { users, requestsPerSecond } = props;
    const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
    const inUse = rooms.slice(0, Math.max(1, Math.ceil(users / usersPerRoom)));
    for (let index = 0; index < users; index += 1) {
      const client = new ChatClient({
        url,
        name: `user-${index + 1}`,
        reads: false,
        backoff: { firstMs: 200, longestMs: 5_000 },
      });
      const room = inUse[index % inUse.length] ?? rooms[0];
      client.join(room);
      this.#clients.push(client);
      // They arrive one after the other, as people do, rather than in one stampede.
      this.#later((index * 2_000) / users, () => {
        client.open();
        this.#talk(client, room);
      });
    }
    const rate =
      requestsPerSecond ?? Math.max(judgedRequestsPerSecond * stack.compression.factor * 1.5, 1, users / 10);
    const paths = ['/api/rooms', ...inUse.map((room) => `/api/rooms/${room}/messages`)];
    if (rate > 0)
      this.#browse(
        1_000 / rate,
        paths.map((path) => stack.site.url('chatroom', path)),
      );
  }

  /** How many chat. */
  get users(): number {
    return this.#clients.length;
  }

  /** How many of them are connected now. */
  get connected(): number {
    return this.#clients.filter((client) => client.connected).length;
  }

  stop(): void {
    this.#stopped = true;
    this.#timers.forEach((timer) => clearTimeout(timer));
    for (const client of this.#clients) client.close();
  }

  #talk(client: ChatClient, room: string): void {
    this.#later(pauseMilliseconds * (0.5 + Math.random()), () => {
      const phrase = phrases[Math.floor(Math.random() * phrases.length)] ?? phrases[0];
      // One at a time, as people do: whoever waits for an answer does not pile up more.
      if (this.talking && client.pending === 0) client.send(room, phrase).catch(ignoreRefusal);
      this.#talk(client, room);
    });
  }

  /** Requests at a steady pace, whether or not the earlier ones were answered: users do not wait for each other. */
  #browse(everyMilliseconds: number, urls: readonly string[], turn = 0): void {
    this.#later(everyMilliseconds, () => {
      void request(urls[turn % urls.length] ?? '');
      this.#browse(everyMilliseconds, urls, turn + 1);
    });
  }

  #later(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) act();
    }, milliseconds);
    this.#timers.add(timer);
  }
}

/** A failed request is what the monitoring is there to notice; whoever made it goes on. */
async function request(url: string): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.body?.cancel();
  } catch {
    return;
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ChatClientError)) throw error;
}
