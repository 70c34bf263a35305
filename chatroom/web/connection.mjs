/* global WebSocket, URL, location, setTimeout, clearTimeout, setInterval, clearInterval, addEventListener, crypto */

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A browser cannot see the server's heartbeat, so it asks for one of its own. */
const pingEveryMs = 20_000;
const pongWithinMs = 10_000;

/**
 * The page's side of the protocol: stays connected, enters its rooms again after every interruption from the last
 * message it saw, and sends again what was not acknowledged, under the same id.
 */
export class Connection {
  #handlers;
  #name;
  #rooms = new Map();
  #outbox = new Map();
  #socket;
  #welcomed = false;
  #failures = 0;
  #retry;
  #pinger;
  #pongTimer;

  /**
   * @param {string} name
   * @param handlers - `state(name, values)`, `joined(frame)`, `messages(frame)`, `presence(frame)`,
   *   `acknowledged(frame)`, `refused(frame)`, `delayed(frame)`
   */
  constructor(name, handlers) {
    this.#name = name;
    this.#handlers = handlers;
    addEventListener('online', () => this.#reconnectNow());
    addEventListener('offline', () => this.#socket?.close());
  }

  open() {
    this.#connect();
  }

  /** Leaves for good; nothing of this connection is heard again. */
  close() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    this.#stopPinging();
    socket?.close(1000);
  }

  join(room) {
    if (this.#rooms.has(room)) return;
    this.#rooms.set(room, { after: undefined, entered: false });
    if (this.#welcomed) this.#say({ type: 'join', room });
  }

  /** @returns the id under which the message will be acknowledged. */
  send(room, text, id = newId()) {
    const entry = { frame: { type: 'send', room, id, text }, sent: false };
    this.#outbox.set(id, entry);
    this.#deliver(entry);
    return id;
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#handlers.state('connecting');
    const url = new URL('/ws', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, 'chatroom.v1');
    this.#socket = socket;
    // Events of a socket that was given up must not disturb its successor.
    const mine = (act) => (event) => socket === this.#socket && act(event);
    socket.onopen = mine(() => this.#say({ type: 'hello', name: this.#name }));
    socket.onmessage = mine(({ data }) => this.#hear(JSON.parse(data)));
    socket.onclose = mine(() => this.#lost());
  }

  #lost() {
    this.#socket = undefined;
    this.#welcomed = false;
    this.#stopPinging();
    for (const room of this.#rooms.values()) room.entered = false;
    for (const entry of this.#outbox.values()) entry.sent = false;
    // Twice as long each time, and different for everybody: those cut off together must not return together.
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures, 10));
    const pause = longest * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#handlers.state('waitingToReconnect', { seconds: Math.max(1, Math.round(pause / 1_000)) });
    this.#retry = setTimeout(() => this.#connect(), pause);
  }

  #reconnectNow() {
    if (this.#retry !== undefined) this.#connect();
  }

  #hear(frame) {
    switch (frame.type) {
      case 'welcome':
        this.#welcomed = true;
        this.#failures = 0;
        this.#startPinging();
        this.#handlers.state('online', { replica: frame.replica });
        for (const [room, { after }] of this.#rooms) this.#say({ type: 'join', room, after });
        break;
      case 'joined': {
        const room = this.#rooms.get(frame.room);
        if (room) room.entered = true;
        this.#seen(frame);
        this.#handlers.joined(frame);
        for (const entry of this.#outbox.values()) this.#deliver(entry);
        break;
      }
      case 'messages':
        this.#seen(frame);
        this.#handlers.messages(frame);
        break;
      case 'presence':
        this.#handlers.presence(frame);
        break;
      case 'ack':
        this.#outbox.delete(frame.id);
        this.#handlers.acknowledged(frame);
        break;
      case 'reconnect':
        setTimeout((socket) => socket === this.#socket && socket.close(1000), frame.afterMs, this.#socket);
        break;
      case 'pong':
        clearTimeout(this.#pongTimer);
        break;
      case 'error':
        this.#refused(frame);
        break;
    }
  }

  #refused(frame) {
    const entry = this.#outbox.get(frame.id);
    const pause = (frame.retryAfterMs ?? 1_000) * (1 + Math.random());
    if (entry && frame.retryable) {
      this.#handlers.delayed(frame);
      setTimeout(() => {
        entry.sent = false;
        this.#deliver(entry);
      }, pause);
    } else if (entry) {
      this.#outbox.delete(frame.id);
      this.#handlers.refused(frame);
    } else if (frame.retryable && this.#rooms.has(frame.room)) {
      this.#handlers.delayed(frame);
      setTimeout(() => {
        const room = this.#rooms.get(frame.room);
        if (this.#welcomed && !room.entered) this.#say({ type: 'join', room: frame.room, after: room.after });
      }, pause);
    } else {
      this.#handlers.refused(frame);
    }
  }

  #seen({ room, messages }) {
    const known = this.#rooms.get(room);
    if (known) known.after = Math.max(known.after ?? 0, ...messages.map(({ seq }) => seq));
  }

  #deliver(entry) {
    if (entry.sent || !this.#outbox.has(entry.frame.id) || !this.#rooms.get(entry.frame.room)?.entered)
      return;
    entry.sent = true;
    this.#say(entry.frame);
  }

  #startPinging() {
    this.#stopPinging();
    this.#pinger = setInterval(() => {
      this.#say({ type: 'ping' });
      this.#pongTimer = setTimeout(() => {
        // The network swallowed the connection without a word; closing would wait for an answer from nobody.
        const socket = this.#socket;
        this.#lost();
        socket?.close();
      }, pongWithinMs);
    }, pingEveryMs);
  }

  #stopPinging() {
    clearInterval(this.#pinger);
    clearTimeout(this.#pongTimer);
  }

  #say(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

/** randomUUID exists on secure origins only, and a chat room on a local network may be none. */
const newId = () =>
  crypto.randomUUID?.() ??
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
