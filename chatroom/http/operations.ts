import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** One thing without which the process is of no use; rejects with the reason. */
export type ReadinessCheck = () => Promise<void>;

const checkTimeoutMs = 1_000;

/** Serves what the machinery around the process asks for: is it alive, is it of use, what does it measure. */
export function serveOperations(
  app: FastifyInstance,
  props: { readonly registry: Registry; readonly checks: Readonly<Record<string, ReadinessCheck>> },
): void {
  app.get('/healthz', async () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(props.checks).map(async ([name, check]) => [name, await outcome(check)] as const),
    );
    const ready = results.every(([, result]) => result === 'ok');
    return reply.code(ready ? 200 : 503).send({ ready, checks: Object.fromEntries(results) });
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(props.registry.contentType).send(await props.registry.metrics()),
  );
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
