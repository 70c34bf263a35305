import type { FastifyError, FastifyInstance } from 'fastify';
import type { CountException } from '../exceptions';
import { StorageOverloaded, StorageUnavailable } from '../storage/unavailable';

/** Answers with what the caller can do about it: 4xx change the request, 503 try again, 500 tell us. */
export function answerFailures(app: FastifyInstance, countException: CountException): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof StorageUnavailable || error instanceof StorageOverloaded) {
      return reply
        .code(503)
        .header('retry-after', '1')
        .send({ error: 'unavailable', message: error.message, retryable: true });
    }
    const status = error.statusCode ?? 500;
    if (status < 500)
      return reply.code(status).send({ error: 'bad_request', message: error.message, retryable: false });
    countException('http');
    request.log.error({ err: error, path: request.routeOptions.url }, 'a request failed');
    return reply
      .code(500)
      .send({ error: 'internal', message: 'an error that nobody foresaw; it was logged', retryable: true });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: 'not_found', message: `nothing is at ${request.url.slice(0, 200)}`, retryable: false }),
  );
}
