import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { clientFrameBytes, FrameReader, opcodes } from './frame-reader';

export interface RawClientProps {
  readonly port: number;
  readonly path: string;
  readonly subprotocol?: string;
  /** The connection accepts frames. */
  readonly opened: (client: RawClient) => void;
  /** A text frame; its bytes are only good until this returns. */
  readonly heard: (client: RawClient, payload: Buffer) => void;
  /** The connection ended though {@link RawClient.destroy} was not called. */
  readonly lost: (why: string) => void;
}

/** All clients read into the same memory: one thread reads one of them at a time, and keeps nothing of it. */
const shared = Buffer.allocUnsafe(256 * 1_024);

const endOfHead = Buffer.from('\r\n\r\n');

/** A WebSocket client without the comfort of one: thousands of them fit on the core beside the server. */
export class RawClient {
  readonly #props: RawClientProps;
  readonly #socket: Socket;
  readonly #frames: FrameReader;
  #head: Buffer | undefined = Buffer.alloc(0);
  #destroyed = false;

  constructor(props: RawClientProps) {
    this.#props = props;
    this.#frames = new FrameReader((opcode, payload) => this.#frame(opcode, payload));
    this.#socket = connect({
      port: props.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (count) => {
          this.#read(shared.subarray(0, count));
          return !this.#destroyed;
        },
      },
    });
    this.#socket.on('connect', () =>
      this.#socket.write(
        [
          `GET ${props.path} HTTP/1.1`,
          `Host: 127.0.0.1:${props.port}`,
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
          ...(props.subprotocol ? [`Sec-WebSocket-Protocol: ${props.subprotocol}`] : []),
          '\r\n',
        ].join('\r\n'),
      ),
    );
    this.#socket.on('error', (error) => this.#lost(error.message));
    this.#socket.on('close', () => this.#lost('the connection was closed'));
  }

  say(text: string): void {
    this.#socket.write(clientFrameBytes(opcodes.text, Buffer.from(text)));
  }

  /** Ends the connection with a reset, which leaves no port in TIME_WAIT for the next thousands. */
  destroy(): void {
    this.#destroyed = true;
    this.#socket.resetAndDestroy();
  }

  #read(chunk: Buffer): void {
    try {
      if (this.#head === undefined) return this.#frames.read(chunk);
      const bytes = Buffer.concat([this.#head, chunk]);
      const end = bytes.indexOf(endOfHead);
      if (end === -1) {
        this.#head = bytes;
        return;
      }
      const status = bytes.subarray(0, 12).toString('latin1');
      if (status !== 'HTTP/1.1 101') throw new Error(`the server answered "${status}" to the handshake`);
      this.#head = undefined;
      this.#props.opened(this);
      this.#frames.read(bytes.subarray(end + endOfHead.length));
    } catch (error) {
      this.#lost(error instanceof Error ? error.message : String(error));
    }
  }

  #frame(opcode: number, payload: Buffer): void {
    if (opcode === opcodes.text) this.#props.heard(this, payload);
    else if (opcode === opcodes.ping)
      this.#socket.write(clientFrameBytes(opcodes.pong, Buffer.from(payload)));
    else if (opcode === opcodes.close)
      throw new Error(`the server closed: ${payload.subarray(2).toString()}`);
  }

  #lost(why: string): void {
    if (this.#destroyed) return;
    this.destroy();
    this.#props.lost(why);
  }
}
