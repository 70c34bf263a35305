import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { disconnectReasons } from '../../monitoring/metrics/chatroom';
import { errorKind, type ErrorCode } from '../protocol/errors';
import type { ErrorFrame, ServerFrame } from '../protocol/frames';
import { textFrame } from '../protocol/text-frame';
import type { Member } from '../rooms/hub';
import { Allowance, type AllowanceProps } from './allowance';

export type DisconnectReason = (typeof disconnectReasons)[number];

/** The close code of each reason for which the server ends a connection (RFC 6455, section 7.4.1). */
const closeCodes: Readonly<Record<DisconnectReason, number>> = {
  client: 1000,
  slow_client: 1008,
  protocol_error: 1008,
  rate_limited: 1008,
  heartbeat_timeout: 1008,
  drain: 1012,
  error: 1011,
};

/** How long the other side may take to answer a close frame. */
const closeTimeoutMs = 2_000;

/** A few mistakes are forgiven; whoever goes on making them is talking something else. */
const offences: AllowanceProps = { perSecond: 0.2, burst: 50 };

export interface ConnectionProps {
  readonly socket: WebSocket;
  /** What the socket speaks through. */
  readonly wire: Duplex;
  readonly maxBufferedBytes: number;
  readonly frames: AllowanceProps;
}

/** One client: what it is called, where it is, and how much it may still send and receive. */
export class Connection implements Member {
  readonly rooms = new Set<string>();
  name = '';
  /** Whether anything was heard since the last heartbeat. */
  alive = true;
  readonly #socket: WebSocket;
  readonly #props: ConnectionProps;
  readonly #frames: Allowance;
  readonly #offences: Allowance;
  #ended: DisconnectReason | undefined;

  constructor(props: ConnectionProps) {
    this.#props = props;
    this.#socket = props.socket;
    this.#frames = new Allowance(props.frames, Date.now());
    this.#offences = new Allowance(offences, Date.now());
  }

  /** Why the server ended this connection, once it did. */
  get ended(): DisconnectReason | undefined {
    return this.#ended;
  }

  /** @param frame - as {@link textFrame} makes it */
  send(frame: Buffer): void {
    // Past ws, which would frame it again for each connection; after a close frame nothing may follow.
    if (this.#ended || this.#socket.readyState !== WebSocket.OPEN) return;
    const { wire, maxBufferedBytes } = this.#props;
    if (wire.writableLength > maxBufferedBytes) {
      this.end('slow_client');
      return;
    }
    wire.write(frame);
  }

  tell(frame: ServerFrame): void {
    this.send(textFrame(JSON.stringify(frame)));
  }

  /** Refuses a frame; the connection goes on, unless this has happened too often. */
  refuse(code: ErrorCode, details: Partial<Pick<ErrorFrame, 'message' | 'room' | 'id'>> = {}): void {
    const { meaning, retryAfterMs, offence } = errorKind(code);
    this.tell({
      type: 'error',
      code,
      message: meaning,
      retryable: retryAfterMs !== undefined,
      retryAfterMs,
      ...details,
    });
    if (offence && !this.#offences.take(Date.now())) {
      this.end(code === 'rate_limited' ? 'rate_limited' : 'protocol_error');
    }
  }

  /** Takes one frame's worth of the client's allowance. */
  mayProceed(): boolean {
    return this.#frames.take(Date.now());
  }

  ping(): void {
    if (!this.#ended) this.#socket.ping();
  }

  /** Ends the connection; the reason is counted and, if the client still reads, told. */
  end(reason: DisconnectReason): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#socket.close(closeCodes[reason], reason);
    // A peer that does not read will not answer either, and until it is gone its queue occupies memory.
    setTimeout(() => this.#socket.terminate(), closeTimeoutMs).unref();
  }
}
