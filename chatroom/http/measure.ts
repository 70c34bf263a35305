import type { FastifyInstance } from 'fastify';
import { unmatchedPath } from '../metrics/server-metrics';
import { operationalPaths } from './route-list';

/** The status under which a request is counted whose client left before the answer (nginx's convention). */
const clientClosedRequest = 499;

/** Counts and times every request that a user makes. */
export function measure(
  app: FastifyInstance,
  count: (method: string, path: string, status: number, seconds: number) => void,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    const path = request.routeOptions.url ?? unmatchedPath;
    if (operationalPaths.has(path)) return done();
    const began = performance.now();
    // `close` comes also when the client gave up waiting, which is exactly when a slow answer must be counted.
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : clientClosedRequest;
      count(request.method, path, status, (performance.now() - began) / 1_000);
    });
    done();
  });
}
