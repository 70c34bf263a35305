import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer, type RawData, type ServerOptions, type WebSocket } from 'ws';
import type { CountException } from '../exceptions';
import { subprotocol, webSocketPath } from '../protocol/frames';
import { Connection, type ConnectionLimits, type DisconnectReason } from './connection';
import type { Conversation } from './conversation';
import { Heartbeat } from './heartbeat';

export interface GatewayProps {
  readonly conversation: Conversation;
  readonly log: Logger;
  readonly maxConnections: number;
  readonly maxFrameBytes: number;
  readonly maxBufferedBytes: number;
  readonly framesPerSecond: number;
  readonly frameBurst: number;
  readonly heartbeatSeconds: number;
  readonly countException: CountException;
  readonly opened: () => void;
  readonly closed: (connection: Connection, reason: DisconnectReason) => void;
  /** Called with the status that answers a request to upgrade, and how long that took. */
  readonly upgraded: (status: UpgradeStatus, seconds: number) => void;
}

/** What a request to upgrade may be answered with. */
export const upgradeStatuses = [101, 400, 404, 503] as const;
export type UpgradeStatus = (typeof upgradeStatuses)[number];

/**
 * How long the other side may take to close its half of a connection that is being closed, whoever began and why. A
 * peer that does not read will not answer either, and until it is gone its queue occupies memory.
 */
const closeTimeoutMs = 2_000;

/** Accepts WebSocket connections, watches over them, and ends them when the server goes. */
export class Gateway {
  readonly #props: GatewayProps;
  readonly #limits: ConnectionLimits;
  readonly #connections = new Set<Connection>();
  readonly #heartbeat: Heartbeat;
  readonly #server: WebSocketServer;
  #draining = false;
  #leaveBy = Infinity;
  #emptied: (() => void) | undefined;

  constructor(props: GatewayProps) {
    this.#props = props;
    const { maxBufferedBytes, framesPerSecond, frameBurst } = props;
    this.#limits = { maxBufferedBytes, frames: { perSecond: framesPerSecond, burst: frameBurst } };
    this.#heartbeat = new Heartbeat(props.heartbeatSeconds);
    // The types of ws lack one of its options.
    const options: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true,
      // We keep our own list, and compression costs more memory per client than chat messages are worth.
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: props.maxFrameBytes,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
      closeTimeout: closeTimeoutMs,
    };
    this.#server = new WebSocketServer(options);
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Connections whose clients were asked to leave, and should have by now. */
  get overdue(): number {
    return performance.now() > this.#leaveBy ? this.#connections.size : 0;
  }

  /** The listener for the HTTP server's `upgrade` event. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const began = performance.now();
    const answered = (status: UpgradeStatus) =>
      this.#props.upgraded(status, (performance.now() - began) / 1_000);
    const refuse = (status: Exclude<UpgradeStatus, 101>, why: string) => {
      answered(status);
      respond(socket, status, why);
    };
    // Without a listener a connection that breaks during the handshake would end the process.
    socket.on('error', destroy);
    if (request.url?.split('?')[0] !== webSocketPath) {
      return refuse(404, `WebSocket connections are accepted at ${webSocketPath}`);
    }
    const offered = request.headers['sec-websocket-protocol'];
    if (offered !== undefined && !offered.split(',').some((one) => one.trim() === subprotocol)) {
      return refuse(400, `this server speaks ${subprotocol}`);
    }
    if (this.#draining) return refuse(503, 'this replica is shutting down; connect again');
    if (this.#connections.size >= this.#props.maxConnections)
      return refuse(503, 'this replica is full; connect again');
    const before = this.#connections.size;
    try {
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        answered(101);
        this.#accept(webSocket, socket);
      });
    } catch (error) {
      this.#props.countException('websocket');
      this.#props.log.warn({ err: error }, 'a handshake failed');
      socket.destroy();
    }
    // ws answers a malformed handshake by itself and calls nobody back.
    if (this.#connections.size === before && socket.writableEnded) answered(400);
  };

  /**
   * Asks every client to connect elsewhere, spread over the time they have, and ends those that stay.
   *
   * Resolves when nobody is connected any more.
   */
  async drain(seconds: number): Promise<void> {
    this.#draining = true;
    const spreadMs = seconds * 700;
    // The last ones need a moment to arrive elsewhere; what is left of the time is there to be seen in.
    this.#leaveBy = performance.now() + seconds * 750;
    for (const connection of this.#connections) {
      connection.tell({ type: 'reconnect', afterMs: Math.round(Math.random() * spreadMs) });
    }
    await this.#untilEmpty(seconds * 1_000);
    for (const connection of this.#connections) connection.end('drain');
    await this.#untilEmpty(3_000);
    this.#heartbeat.close();
  }

  async #untilEmpty(ms: number): Promise<void> {
    if (this.#connections.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#emptied = undefined;
  }

  #accept(socket: WebSocket, wire: Duplex): void {
    const { conversation } = this.#props;
    const connection = new Connection(socket, wire, this.#limits);
    this.#connections.add(connection);
    this.#heartbeat.add(connection);
    this.#props.opened();
    let failure: DisconnectReason | undefined;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      connection.alive = true;
      if (isBinary) connection.refuse('bad_frame', { message: 'binary frames are not part of the protocol' });
      // With the default binaryType a message is one Buffer.
      else void conversation.take(connection, (data as Buffer).toString('utf8'));
    });
    socket.on('pong', () => (connection.alive = true));
    socket.on('ping', () => {
      connection.alive = true;
      // ws answers each ping, so a flood of them fills the queue as messages would.
      if (!connection.mayProceed()) connection.refuse('rate_limited');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Codes that start with WS_ERR are breaches of RFC 6455 (too large, not masked, not UTF-8), which ws has
      // answered with the fitting close code; the others are connections that broke.
      failure = error.code?.startsWith('WS_ERR') ? 'protocol_error' : 'error';
      this.#props.log.debug({ err: error, name: connection.name }, 'a connection failed');
    });
    socket.on('close', (code) => {
      connection.closed();
      this.#connections.delete(connection);
      this.#heartbeat.remove(connection);
      conversation.forget(connection);
      const reason = connection.ended ?? failure ?? this.#leaving(code);
      if (reason !== 'client' && reason !== 'drain') {
        this.#props.log.info({ reason, name: connection.name }, 'a connection was ended');
      }
      this.#props.closed(connection, reason);
      if (this.#connections.size === 0) this.#emptied?.();
    });
  }

  /** Why a connection ended that nobody here ended: whoever leaves says so, and what breaks off (1006) does not. */
  #leaving(code: number): DisconnectReason {
    if (this.#draining) return 'drain';
    return code === 1006 ? 'error' : 'client';
  }
}

/** One function for all sockets: a closure would keep the request it was made for as long as the connection lives. */
function destroy(this: Duplex): void {
  this.destroy();
}

function respond(socket: Duplex, status: number, why: string): void {
  const body = JSON.stringify({ error: why });
  // Node has given the socket up: none of its timeouts would ever end one whose client does not close its half.
  socket.once('finish', destroy);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(status === 503 ? ['Retry-After: 1'] : []),
      '',
      body,
    ].join('\r\n'),
  );
}
