import type { ErrorCode } from './protocol/errors';

/** The server refused a message for good, or the client was closed before it could be stored. */
export class ChatClientError extends Error {
  override readonly name = 'ChatClientError';

  constructor(
    readonly code: ErrorCode | 'closed',
    message: string,
  ) {
    super(message);
  }
}
