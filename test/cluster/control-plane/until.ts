/**
 * Asks again until the answer is there.
 * @throws {Error} with `what` and the last failure when the time is over
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  options: { readonly seconds?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + (options.seconds ?? 60) * 1000;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (failure) {
      last = failure;
    }
    if (Date.now() > deadline) {
      const because =
        last instanceof Error ? last.message : last === undefined ? 'no answer' : JSON.stringify(last);
      throw new Error(`waited ${options.seconds ?? 60} s for ${what}: ${because}`);
    }
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 250));
  }
}
