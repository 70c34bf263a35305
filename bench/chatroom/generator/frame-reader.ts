/** Operation codes of RFC 6455, section 5.2, that a server may send. */
export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const noBytes: Buffer<ArrayBufferLike> = Buffer.alloc(0);

/**
 * Cuts what a server sent into WebSocket frames. It knows as much of RFC 6455 as a server that compresses and
 * fragments nothing uses, and copies bytes only where a frame arrives in pieces: the generator must cost less
 * than what it measures.
 */
export class FrameReader {
  readonly #frame: (opcode: number, payload: Buffer) => void;
  #rest: Buffer = noBytes;

  /** @param frame - called for each frame; the payload is only good until it returns */
  constructor(frame: (opcode: number, payload: Buffer) => void) {
    this.#frame = frame;
  }

  read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      if (bytes.length - at < 2) break;
      const first = bytes[at] ?? 0;
      const second = bytes[at + 1] ?? 0;
      if ((first & 0xf0) !== 0x80 || second > 127) {
        throw new Error(`a frame that this reader does not know: first bytes ${first} ${second}`);
      }
      let start = at + 2;
      let length = second;
      if (second === 126) {
        if (bytes.length < start + 2) break;
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (second === 127) {
        if (bytes.length < start + 8) break;
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      if (bytes.length < start + length) break;
      this.#frame(first & 0x0f, bytes.subarray(start, start + length));
      at = start + length;
    }
    // The chunk belongs to whoever gave it and is overwritten next: what is left of it has to be copied.
    this.#rest = at === bytes.length ? noBytes : Buffer.from(bytes.subarray(at));
  }
}

/** A frame as clients send it: masked, as RFC 6455 demands; a mask of zeros changes nothing and is allowed. */
export function clientFrameBytes(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length > 65_535) throw new RangeError(`${length} bytes are more than the generator sends in one frame`);
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
