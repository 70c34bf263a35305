import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something holds: it is tried again until it neither throws nor returns false.
 *
 * @throws what the last attempt threw, when the time is up.
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  withinMs = 10_000,
): Promise<Exclude<Result, false | undefined>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    let problem: unknown;
    try {
      const result = await attempt();
      if (result !== false && result !== undefined) return result as Exclude<Result, false | undefined>;
      problem = new Error(`did not come true within ${withinMs} ms: ${attempt.toString().slice(0, 200)}`);
    } catch (error) {
      problem = error;
    }
    if (Date.now() > deadline) throw problem;
    await sleep(50);
  }
}
