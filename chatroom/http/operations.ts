import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { readinessOf, type ReadinessChecks } from './readiness';

/** Serves what the machinery around the process asks for: is it alive, is it of use, what does it measure. */
export function serveOperations(
  app: FastifyInstance,
  props: { readonly registry: Registry; readonly checks: ReadinessChecks },
): void {
  app.get('/healthz', async () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const readiness = await readinessOf(props.checks);
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(props.registry.contentType).send(await props.registry.metrics()),
  );
}
