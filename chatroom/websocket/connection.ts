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

/** How long a connection may stay without a name. */
const helloWithinMs = 10_000;

/** A few mistakes are forgiven; whoever goes on making them is talking something else. */
const offences: AllowanceProps = { perSecond: 0.2, burst: 50 };

/** What each connection may cost; one value for all of them. */
export interface ConnectionLimits {
  readonly maxBufferedBytes: number;
  readonly frames: AllowanceProps;
}

/** A stay in one room. */
export interface Visit {
  /** Requests to enter that are not answered yet. */
  asked: number;
  /** Whether the client was told that it is in. */
  told: boolean;
}

/**
 * One client: what it is called, where it is, and how much it may still send and receive.
 *
 * There are thousands of these, so what most of them never need is made when one does.
 */
export class Connection implements Member {
  readonly rooms = new Map<string, Visit>();
  /** Whether anything was heard since the last heartbeat. */
  alive = true;
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #limits: ConnectionLimits;
  readonly #frames: Allowance;
  #offences: Allowance | undefined;
  #name = '';
  #silence: NodeJS.Timeout | undefined;
  #ended: DisconnectReason | undefined;

  /** @param wire - what the socket speaks through */
  constructor(socket: WebSocket, wire: Duplex, limits: ConnectionLimits) {
    this.#socket = socket;
    this.#wire = wire;
    this.#limits = limits;
    this.#frames = new Allowance(limits.frames, Date.now());
    this.#silence = setTimeout(() => this.end('protocol_error'), helloWithinMs);
  }

  /** What the client calls itself; empty until it said so. */
  get name(): string {
    return this.#name;
  }

  /** Gives the connection its name, for which it may not take for ever. */
  introduce(name: string): void {
    this.#name = name;
    this.#waitNoLonger();
  }

  /** Lets go of what waits for the client, which is gone. */
  closed(): void {
    this.#waitNoLonger();
  }

  /** Why the server ended this connection, once it did. */
  get ended(): DisconnectReason | undefined {
    return this.#ended;
  }

  /** @param frame - as {@link textFrame} makes it */
  send(frame: Buffer): void {
    // Past ws, which would frame it again for each connection; after a close frame nothing may follow.
    if (this.#ended || this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#wire.writableLength > this.#limits.maxBufferedBytes) {
      this.end('slow_client');
      return;
    }
    this.#wire.write(frame);
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
    if (!offence) return;
    this.#offences ??= new Allowance(offences, Date.now());
    if (!this.#offences.take(Date.now())) {
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
  }

  #waitNoLonger(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }
}
