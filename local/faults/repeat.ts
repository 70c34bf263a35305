import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../stack';

/**
 * Does something again and again until it is stopped, at the latest when the stack is. The first time has to succeed;
 * a later one may fail, as whoever is broken by somebody else.
 */
export async function repeat(
  { defer }: Pick<Stack, 'defer'>,
  everyMilliseconds: number,
  act: () => Promise<unknown>,
): Promise<() => Promise<void>> {
  await act();
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (): Promise<void> => sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
  const loop = (async () => {
    await pause();
    while (!signal.aborted) {
      await act().catch(() => undefined);
      await pause();
    }
  })();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await loop;
  };
  defer(stop);
  return stop;
}
