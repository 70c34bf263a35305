/** One thing without which the process is of no use; rejects with the reason. */
export type ReadinessCheck = () => Promise<void>;

export type ReadinessChecks = Readonly<Record<string, ReadinessCheck>>;

/** Whether a process is of use, and what each of its checks says: `ok`, or what is missing. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

const checkTimeoutMs = 1_000;

/** Asks every check at once; what does not answer is missing as well. */
export async function readinessOf(checks: ReadinessChecks): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await outcome(check)] as const),
  );
  return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
}

/** As often as a check may take twice over: a look is over before the next one. */
const lookEveryMs = 2 * checkTimeoutMs;

/** Somebody who keeps looking whether the process is of use. */
export interface ReadinessWatch {
  /** Looks now, because something is known to have changed. */
  readonly look: () => void;
  readonly stop: () => void;
}

/**
 * Keeps looking whether the process is of use, and tells each time. A scrape shows what was told last: it must not
 * wait for a database that hangs.
 */
export function watchReadiness(checks: ReadinessChecks, tell: (ready: boolean) => void): ReadinessWatch {
  let over = false;
  const look = async (): Promise<void> => {
    const { ready } = await readinessOf(checks);
    // What was asked before the end, and is answered after it, is no news any more.
    if (!over) tell(ready);
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  void look();
  return {
    look: () => void look(),
    stop: () => {
      over = true;
      clearInterval(timer);
    },
  };
}

async function outcome(check: ReadinessCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  });
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
