import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** How long a client may take to send a request; how long the answer takes is another matter. */
const requestTimeoutMs = 30_000;

/** An HTTP server without routes, set up the way both processes of the chat room want it. */
export function createApp(log: Logger, bodyLimit: number): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    // Requests are counted, timed and traced; two lines for each would bury the lines that say something.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    // Fastify's own default is to wait for ever for the rest of a request.
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: 200 },
  });
}
