import { context, propagation, SpanKind, SpanStatusCode, trace as tracing } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { operationalPaths } from './route-list';

/** Opens a span for every request that is not a probe, as a child of the caller's where it sends one. */
export function trace(app: FastifyInstance): void {
  const tracer = tracing.getTracer('chatroom');
  app.addHook('onRequest', (request, reply, done) => {
    const path = request.routeOptions.url ?? 'unmatched';
    if (operationalPaths.has(path)) return done();
    const parent = propagation.extract(context.active(), request.headers);
    const span = tracer.startSpan(
      `${request.method} ${path}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': request.method, 'http.route': path },
      },
      parent,
    );
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.raw.statusCode);
      if (reply.raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(tracing.setSpan(parent, span), done);
  });
}
