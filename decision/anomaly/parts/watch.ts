import type { Expectation } from '../sample';
import { emptyEnvelope, exceedance, widened, type Envelope } from './envelope';

/** Judges a derived quantity by its own envelope: what several models do once they have their quantity. */
export interface Watch {
  readonly envelope: Envelope;
  /** Time of the last sample, milliseconds; 0 before the first. */
  readonly time: number;
}

export const emptyWatch: Watch = { envelope: emptyEnvelope, time: 0 };

/** Values an envelope must hold before leaving it means anything. */
export const warmUp = 20;

/** Widths outside, and the watch that has seen the value. */
export function watched(
  watch: Watch,
  time: number,
  value: number,
  forget: (elapsed: number) => number = never,
): { readonly watch: Watch; readonly outside: number } {
  const { envelope } = watch;
  return {
    outside: envelope.count > warmUp ? exceedance(envelope, value) : 0,
    watch: {
      envelope: widened(envelope, value, forget(envelope.count === 0 ? 0 : time - watch.time)),
      time,
    },
  };
}

/** The envelope as an expectation, moved by an offset; undefined while it is young. */
export function expectedBy({ envelope }: Watch, offset = 0): Expectation | undefined {
  if (envelope.count <= warmUp) return undefined;
  const { low, high } = envelope;
  return { value: offset + (low + high) / 2, lower: offset + low, upper: offset + high };
}

function never(): number {
  return 0;
}
