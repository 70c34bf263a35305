import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';
import { backoffMs, type BackoffProps } from './backoff';
import { ChatClientError } from './client-error';
import { subprotocol, type ClientFrame, type ServerFrame } from './protocol/frames';
import { foldRoom } from './protocol/names';

type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>;

export interface ChatClientProps {
  /** Where the server accepts WebSocket connections, such as `ws://127.0.0.1:8000/ws`. */
  readonly url: string;
  readonly name: string;
  /** @default 500 ms at first, 30 s at most */
  readonly backoff?: BackoffProps;
  /**
   * Whether to read the messages and presence of others, or only count their frames, which is what a simulation of
   * thousands wants.
   *
   * @default true
   */
  readonly reads?: boolean;
}

export interface ChatClientEvents {
  /** The server knows our name; rooms are joined and unacknowledged messages sent again by themselves. */
  connected: [FrameOf<'welcome'>];
  /** The connection ended, for a reason that the server or the network gave; another attempt follows. */
  disconnected: [reason: string];
  joined: [FrameOf<'joined'>];
  messages: [FrameOf<'messages'>];
  presence: [FrameOf<'presence'>];
  /** The server refused something other than a message that somebody waits for. */
  refused: [FrameOf<'error'>];
}

interface Pending {
  readonly frame: Extract<ClientFrame, { type: 'send' }>;
  readonly resolve: (ack: FrameOf<'ack'>) => void;
  readonly reject: (error: ChatClientError) => void;
  /** Whether it was sent on the present connection. */
  sent: boolean;
}

/** Silence after which the connection is taken to be dead; the server's heartbeat breaks it far earlier. */
const silentHeartbeats = 2.5;
const handshakeTimeoutMs = 10_000;

/**
 * A client of the chat room for programs. It stays connected until it is closed: it comes back with growing, jittered
 * pauses, enters its rooms again from the last message it saw, and sends again what was not acknowledged, under the
 * same id, so that it is stored once.
 *
 * @example
 * const client = new ChatClient({ url: 'ws://127.0.0.1:8000/ws', name: 'ann' });
 * client.on('messages', ({ room, messages }) => console.log(room, messages));
 * client.join('lobby');
 * client.open();
 * const { seq } = await client.send('lobby', 'hello');
 * client.close();
 */
export class ChatClient extends EventEmitter<ChatClientEvents> {
  /** Frames that arrived, read or not. */
  framesReceived = 0;
  readonly #props: ChatClientProps;
  readonly #backoff: BackoffProps;
  /** Rooms to be in, with the last `seq` seen there and whether this connection has entered. */
  readonly #rooms = new Map<string, { after: number | undefined; entered: boolean }>();
  readonly #pending = new Map<string, Pending>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: WebSocket | undefined;
  #welcomed = false;
  #failures = 0;
  #closed = true;
  #heartbeatSeconds = 30;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(props: ChatClientProps) {
    super();
    this.#props = props;
    this.#backoff = props.backoff ?? { firstMs: 500, longestMs: 30_000 };
  }

  get connected(): boolean {
    return this.#welcomed;
  }

  /** Messages sent and not acknowledged yet. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Starts connecting, and goes on until {@link close}. */
  open(): void {
    if (!this.#closed) return;
    this.#closed = false;
    this.#connect();
  }

  /** Ends the connection; what is not acknowledged by now is rejected as `closed`. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#watchdog);
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
    this.#socket?.close(1000);
    for (const { reject } of this.#pending.values()) {
      reject(new ChatClientError('closed', 'the client was closed before the message was acknowledged'));
    }
    this.#pending.clear();
  }

  /** Enters a room, now and after every reconnection. */
  join(name: string): void {
    const room = foldRoom(name);
    if (this.#rooms.has(room)) return;
    this.#rooms.set(room, { after: undefined, entered: false });
    if (this.#welcomed) this.#say({ type: 'join', room });
  }

  leave(name: string): void {
    const room = foldRoom(name);
    if (this.#rooms.delete(room) && this.#welcomed) this.#say({ type: 'leave', room });
  }

  /**
   * Resolves once the message is stored; it waits for the room to be entered (see {@link join}) and survives
   * reconnections and outages of the server.
   *
   * @throws ChatClientError when the server refuses the message for good, or the client is closed.
   */
  send(room: string, text: string, id: string = randomUUID()): Promise<FrameOf<'ack'>> {
    if (this.#closed) return Promise.reject(new ChatClientError('closed', 'open the client before sending'));
    return new Promise((resolve, reject) => {
      const frame = { type: 'send', room: foldRoom(room), id, text } as const;
      const pending: Pending = { frame, resolve, reject, sent: false };
      this.#pending.set(id, pending);
      this.#deliver(pending);
    });
  }

  #connect(): void {
    const socket = new WebSocket(this.#props.url, subprotocol, {
      perMessageDeflate: false,
      handshakeTimeout: handshakeTimeoutMs,
    });
    this.#socket = socket;
    let failure: string | undefined;
    socket.on('open', () => this.#say({ type: 'hello', name: this.#props.name }));
    socket.on('message', (data: Buffer) => this.#hear(data));
    socket.on('ping', () => this.#heard());
    socket.on('error', (error) => (failure = error.message));
    socket.on('close', (code, reason) => this.#lost(failure ?? (reason.toString() || `closed with ${code}`)));
  }

  #lost(reason: string): void {
    clearTimeout(this.#watchdog);
    this.#welcomed = false;
    for (const room of this.#rooms.values()) room.entered = false;
    for (const pending of this.#pending.values()) pending.sent = false;
    this.emit('disconnected', reason);
    if (this.#closed) return;
    this.#later(backoffMs(this.#backoff, this.#failures, Math.random()), () => this.#connect());
    this.#failures += 1;
  }

  /** The server pings; when it stops, the network has swallowed it without a word. */
  #heard(): void {
    clearTimeout(this.#watchdog);
    if (this.#closed) return;
    this.#watchdog = setTimeout(
      () => this.#socket?.terminate(),
      this.#heartbeatSeconds * silentHeartbeats * 1_000,
    );
  }

  #hear(data: Buffer): void {
    this.framesReceived += 1;
    if (this.#props.reads === false && isNews(data)) return;
    const frame = JSON.parse(data.toString('utf8')) as ServerFrame;
    switch (frame.type) {
      case 'welcome':
        this.#welcomed = true;
        this.#failures = 0;
        this.#heartbeatSeconds = frame.heartbeatSeconds;
        this.#heard();
        for (const [room, { after }] of this.#rooms) this.#say({ type: 'join', room, after });
        this.emit('connected', frame);
        break;
      case 'joined': {
        const room = this.#rooms.get(frame.room);
        if (room) room.entered = true;
        this.#seen(frame.room, frame.messages);
        this.emit('joined', frame);
        this.#flush(frame.room);
        break;
      }
      case 'messages':
        this.#seen(frame.room, frame.messages);
        this.emit('messages', frame);
        break;
      case 'presence':
        this.emit('presence', frame);
        break;
      case 'ack': {
        const pending = this.#pending.get(frame.id);
        this.#pending.delete(frame.id);
        pending?.resolve(frame);
        break;
      }
      case 'reconnect': {
        // By then there may be another socket, to a replica that stays.
        const socket = this.#socket;
        this.#later(frame.afterMs, () => socket?.close(1000));
        break;
      }
      case 'error':
        this.#refused(frame);
        break;
      case 'left':
      case 'pong':
        break;
    }
  }

  #refused(frame: FrameOf<'error'>): void {
    const pending = frame.id === undefined ? undefined : this.#pending.get(frame.id);
    const again = (frame.retryAfterMs ?? 1_000) * (1 + Math.random());
    if (pending && frame.retryable) {
      this.#later(again, () => {
        pending.sent = false;
        this.#deliver(pending);
      });
    } else if (pending) {
      this.#pending.delete(pending.frame.id);
      pending.reject(new ChatClientError(frame.code, frame.message));
    } else {
      const { room } = frame;
      const wanted = room === undefined ? undefined : this.#rooms.get(room);
      if (room !== undefined && wanted && !wanted.entered && frame.retryable) {
        this.#later(again, () => {
          if (this.#welcomed && this.#rooms.has(room)) this.#say({ type: 'join', room, after: wanted.after });
        });
      }
      this.emit('refused', frame);
    }
  }

  #seen(room: string, messages: readonly { readonly seq: number }[]): void {
    const known = this.#rooms.get(room);
    if (known) known.after = messages.reduce((last, { seq }) => Math.max(last, seq), known.after ?? 0);
  }

  /** Sends what waits for a room, once this connection is in it. */
  #flush(room: string): void {
    for (const pending of this.#pending.values()) {
      if (pending.frame.room === room) this.#deliver(pending);
    }
  }

  #deliver(pending: Pending): void {
    if (pending.sent || !this.#rooms.get(pending.frame.room)?.entered) return;
    pending.sent = true;
    this.#say(pending.frame);
  }

  #say(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) act();
    }, ms);
    this.#timers.add(timer);
  }
}

const newsPrefixes = ['{"type":"messages"', '{"type":"presence"'].map((prefix) => Buffer.from(prefix));

/** Whether a frame is about others; the server writes `type` first. */
const isNews = (data: Buffer): boolean =>
  newsPrefixes.some((prefix) => data.subarray(0, prefix.length).equals(prefix));
