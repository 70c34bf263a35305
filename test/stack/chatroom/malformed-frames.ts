import { opcodes, rawFrame } from './raw-socket';

/** A breach of RFC 6455. */
export interface Breach {
  readonly bytes: (random: () => number) => Buffer;
  /** How the server has to close the connection; nothing where it has to wait for what never comes. */
  readonly code?: 1002 | 1007 | 1009;
}

const pick = <Item>(list: readonly Item[], random: () => number): Item =>
  list[Math.floor(random() * list.length)] as Item;
const { continuation, text, binary, close, ping } = opcodes;
const reservedOpcodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
const pong = 0xa;

/** Stray, overlong, a surrogate, cut off, and beyond Unicode. */
const notUtf8 = ['ff', '80', 'c080', 'eda080', 'e282', 'f4908080', '68c3'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const closeCode = (code: number): Buffer => Buffer.from([code >> 8, code & 0xff]);
/** Codes that no frame may carry. */
const forbiddenCodes = [0, 999, 1004, 1005, 1006, 1015, 2_999, 5_000, 65_535];

const ending = (bytes: Buffer, random: () => number): Buffer =>
  bytes.subarray(0, 1 + Math.floor(random() * (bytes.length - 1)));

/** Every kind of frame that is none, and what the server has to answer (RFC 6455, sections 5, 7.4 and 8.1). */
export const breaches: Readonly<Record<string, Breach>> = {
  'a reserved bit': {
    code: 1002,
    bytes: (random) =>
      rawFrame({
        reserved: 1 + Math.floor(random() * 7),
        opcode: pick([text, binary, ping], random),
        payload: '{}',
      }),
  },
  'a reserved opcode': {
    code: 1002,
    bytes: (random) => rawFrame({ opcode: pick(reservedOpcodes, random), payload: '{}' }),
  },
  'no mask': {
    code: 1002,
    bytes: (random) =>
      rawFrame({ opcode: pick([text, binary, ping, close], random), payload: '', masked: false }),
  },
  'a length that no number holds': {
    code: 1009,
    bytes: (random) =>
      rawFrame({ opcode: text, payload: '{', length: pick([2n ** 63n, 2n ** 64n - 1n, 2n ** 53n], random) }),
  },
  'a length above the limit': {
    code: 1009,
    bytes: (random) =>
      rawFrame({ opcode: text, payload: '{', length: pick([70_000, 2 ** 31, 2 ** 40], random) }),
  },
  'a length that is shorter than the payload': {
    code: 1002,
    bytes: (random) =>
      rawFrame({ opcode: text, payload: Buffer.alloc(20 + Math.floor(random() * 200), 0xff), length: 0 }),
  },
  'text that is not UTF-8': {
    code: 1007,
    bytes: (random) => rawFrame({ opcode: text, payload: pick(notUtf8, random) }),
  },
  'text that is not UTF-8, in two fragments': {
    code: 1007,
    bytes: (random) =>
      Buffer.concat([
        rawFrame({ fin: false, opcode: text, payload: '{' }),
        rawFrame({ opcode: continuation, payload: pick(notUtf8, random) }),
      ]),
  },
  'a reason for closing that is not UTF-8': {
    code: 1007,
    bytes: (random) =>
      rawFrame({ opcode: close, payload: Buffer.concat([closeCode(1000), pick(notUtf8, random)]) }),
  },
  'half a code for closing': {
    code: 1002,
    bytes: (random) => rawFrame({ opcode: close, payload: Buffer.from([Math.floor(random() * 256)]) }),
  },
  'a code for closing that no frame may carry': {
    code: 1002,
    bytes: (random) => rawFrame({ opcode: close, payload: closeCode(pick(forbiddenCodes, random)) }),
  },
  'a control frame that is too long': {
    code: 1002,
    bytes: (random) =>
      rawFrame({
        opcode: pick([ping, pong, close], random),
        payload: Buffer.alloc(126 + Math.floor(random() * 900)),
      }),
  },
  'a control frame in fragments': {
    code: 1002,
    bytes: (random) => rawFrame({ fin: false, opcode: pick([ping, pong, close], random), payload: '{}' }),
  },
  'a continuation of nothing': {
    code: 1002,
    bytes: (random) => rawFrame({ fin: random() < 0.5, opcode: continuation, payload: '{}' }),
  },
  'a message within a message': {
    code: 1002,
    bytes: (random) =>
      Buffer.concat([
        rawFrame({ fin: false, opcode: text, payload: '{' }),
        rawFrame({ opcode: pick([text, binary], random), payload: '}' }),
      ]),
  },
  'fragments that are too long together': {
    code: 1009,
    bytes: () =>
      Buffer.concat([
        rawFrame({ fin: false, opcode: text, payload: 'x'.repeat(40_000) }),
        rawFrame({ opcode: continuation, payload: 'x'.repeat(40_000) }),
      ]),
  },
  'half a header': {
    bytes: (random) => ending(rawFrame({ opcode: text, length: 65_536 - 200 }), random),
  },
  'half a payload': {
    bytes: (random) =>
      rawFrame({ opcode: text, payload: '{'.repeat(1 + Math.floor(random() * 30_000)), length: 60_000 }),
  },
  'a message whose last fragment never comes': {
    bytes: (random) =>
      Buffer.concat(
        Array.from({ length: 1 + Math.floor(random() * 50) }, (_, index) =>
          rawFrame({ fin: false, opcode: index === 0 ? text : continuation, payload: '{'.repeat(index) }),
        ),
      ),
  },
};
