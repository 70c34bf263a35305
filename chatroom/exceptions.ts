import type { exceptionOrigins } from '../monitoring/metrics/chatroom';

export type ExceptionOrigin = (typeof exceptionOrigins)[number];

/** Counts one exception that reached the edge of the part it came from. */
export type CountException = (origin: ExceptionOrigin) => void;
