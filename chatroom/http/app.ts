import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** An HTTP server without routes, set up the way both processes of the chat room want it. */
export function createApp(log: Logger, bodyLimit: number): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    // Requests are counted, timed and traced; two lines for each would bury the lines that say something.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    routerOptions: { maxParamLength: 200 },
  });
}
