interface ErrorKind {
  readonly meaning: string;
  /** How long to wait before the same frame again; absent where repeating it cannot help. */
  readonly retryAfterMs?: number;
  /** An offence is held against the connection; too many of them end it. */
  readonly offence?: boolean;
}

/** Every error that the protocol knows. docs/chatroom.md lists the same codes, and a test compares the two. */
export const protocolErrors = {
  bad_frame: { meaning: 'The frame is not JSON, or not one of the frames of the protocol.', offence: true },
  hello_required: { meaning: 'The first frame must be a hello.', offence: true },
  already_introduced: {
    meaning: 'This connection has said hello; open another to use another name.',
    offence: true,
  },
  not_joined: { meaning: 'Join the room before sending to it.' },
  too_many_rooms: { meaning: 'This connection is in as many rooms as it may be; leave one first.' },
  rate_limited: {
    meaning: 'Too many frames; this one was not processed.',
    retryAfterMs: 1_000,
    offence: true,
  },
  overloaded: {
    meaning: 'The server is behind with its work; the frame was not processed.',
    retryAfterMs: 1_000,
  },
  unavailable: {
    meaning: 'PostgreSQL does not answer. The message may or may not be stored; sending it again is safe.',
    retryAfterMs: 1_000,
  },
  internal: { meaning: 'An error that nobody foresaw; it was logged and counted.', retryAfterMs: 1_000 },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof protocolErrors;

/** The kind of an error code, with the optional fields that not every kind has. */
export const errorKind = (code: ErrorCode): ErrorKind => protocolErrors[code];
