import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is nothing left to object to.
 *
 * @param objection - what is still wrong, or nothing; a rejection counts as an objection with its message
 * @throws Error with the last objection when the time is over.
 */
export async function until(
  what: string,
  milliseconds: number,
  objection: () => Promise<string | undefined>,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const wrong = await objection().catch((error: unknown) => String(error));
    if (wrong === undefined) return;
    if (performance.now() > deadline) {
      throw new Error(`waited ${milliseconds / 1_000} s in vain for: ${what}; at the end: ${wrong}`);
    }
    await sleep(200);
  }
}
