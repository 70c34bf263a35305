import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is nothing left to object to.
 *
 * @param objection - what is still wrong, or nothing; a rejection counts as an objection with its message
 * @param besides - what else whoever reads of a failure has to know; asked once, when the time is over
 * @throws Error with the last objection when the time is over.
 */
export async function until(
  what: string,
  milliseconds: number,
  objection: () => Promise<string | undefined>,
  besides?: () => Promise<string>,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const wrong = await objection().catch(String);
    if (wrong === undefined) return;
    if (performance.now() > deadline) {
      const more = await besides?.().catch(String);
      const end = more === undefined ? wrong : `${wrong}; ${more}`;
      throw new Error(`waited ${milliseconds / 1_000} s in vain for: ${what}; at the end: ${end}`);
    }
    await sleep(200);
  }
}
