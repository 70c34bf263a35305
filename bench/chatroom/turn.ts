import type { ScrapeCost } from './scrape';
import type { Throughput } from './generator/saturate';

/** Milliseconds from the moment at which a message was due to its arrival. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Everything that was measured of one server in one round. What takes time was measured slice by slice, in turn with
 * the other server, so that slices of the same number belong together.
 */
export interface Turn {
  /** What a connection keeps alive in the heap, after everything that can be collected was. */
  readonly liveBytesPerConnection: number;
  /** What the resident memory grew by. */
  readonly residentBytesPerConnection: number;
  /** Many messages on their way at a time, as in a room where many people write. */
  readonly busy: readonly Throughput[];
  /** One message after the other: nothing can be shared between messages. */
  readonly single: readonly Throughput[];
  readonly latency: readonly Latency[];
  readonly scrape?: ScrapeCost;
}

/** Messages on their way in the busy measurement. */
export const inFlight = 32;
