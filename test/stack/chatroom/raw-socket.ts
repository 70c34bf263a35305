import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { subprotocol } from '../../../chatroom/protocol/frames';
import type { OwnProcess } from './machine';

export const opcodes = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9 } as const;

export interface FrameProps {
  /** @default true */
  readonly fin?: boolean;
  /** The three reserved bits, as a number. @default 0 */
  readonly reserved?: number;
  readonly opcode: number;
  readonly payload?: Buffer | string;
  /** What the header says about the length. @default - the truth */
  readonly length?: number | bigint;
  /** @default true, as RFC 6455 asks of clients */
  readonly masked?: boolean;
}

/** One frame of RFC 6455, section 5.2, however wrong. The mask is zero, so that the payload is on the wire as it is. */
export function rawFrame(props: FrameProps): Buffer {
  const { fin = true, reserved = 0, opcode, masked = true } = props;
  const payload = Buffer.from(props.payload ?? '');
  const length = BigInt(props.length ?? payload.length);
  const mask = masked ? 0x80 : 0;
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode];
  const extended = Buffer.alloc(length < 126n ? 0 : length < 65_536n ? 2 : 8);
  if (length < 126n) head.push(mask | Number(length));
  else if (length < 65_536n) {
    head.push(mask | 126);
    extended.writeUInt16BE(Number(length));
  } else {
    head.push(mask | 127);
    extended.writeBigUInt64BE(length);
  }
  return Buffer.concat([Buffer.from(head), extended, Buffer.alloc(masked ? 4 : 0), payload]);
}

/** A connection that has shaken hands as a WebSocket and then writes whatever it is told to. */
export class RawSocket {
  readonly socket: Socket;
  #heard: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => (this.#heard = Buffer.concat([this.#heard, data])));
  }

  /** @param keepsItsHalf - does not close its half of the connection when the server has closed its own */
  static async open({ port }: OwnProcess, keepsItsHalf = false): Promise<RawSocket> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: keepsItsHalf });
    await once(socket, 'connect');
    const raw = new RawSocket(socket);
    socket.write(
      [
        'GET /ws HTTP/1.1',
        'Host: localhost',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        `Sec-WebSocket-Protocol: ${subprotocol}`,
        '\r\n',
      ].join('\r\n'),
    );
    while (!raw.#heard.includes('\r\n\r\n')) await once(socket, 'data');
    raw.#heard = raw.#heard.subarray(raw.#heard.indexOf('\r\n\r\n') + 4);
    return raw;
  }

  /** Resolves when the server has closed its half. */
  async ended(): Promise<void> {
    if (!this.socket.readableEnded && !this.socket.destroyed) {
      await Promise.race([once(this.socket, 'end'), once(this.socket, 'close')]);
    }
  }

  /** The code in the close frame of the server, once it has come. */
  get closeCode(): number | undefined {
    for (let rest = this.#heard; rest.length >= 4;) {
      const short = (rest[1] ?? 0) & 0x7f;
      const [head, length] =
        short < 126
          ? [2, short]
          : short === 126
            ? [4, rest.readUInt16BE(2)]
            : [10, Number(rest.readBigUInt64BE(2))];
      if (((rest[0] ?? 0) & 0x0f) === opcodes.close) return rest.readUInt16BE(head);
      rest = rest.subarray(head + length);
    }
    return undefined;
  }
}
