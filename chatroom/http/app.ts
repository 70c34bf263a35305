import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** How long a client may take to send a request; how long the answer takes is another matter. */
const requestTimeoutMs = 30_000;

/** How long nothing may move on a connection: a client that does not read its answer would be kept for ever. */
const idleTimeoutMs = 120_000;

/** An HTTP server without routes, set up the way both processes of the chat room want it. */
export function createApp(log: Logger, bodyLimit: number): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    // Requests are counted, timed and traced; two lines for each would bury the lines that say something.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    // Fastify's own defaults are to wait for ever.
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleTimeoutMs,
    routerOptions: { maxParamLength: 200 },
  });
}

/** How long requests that were begun may go on when the server is told to stop. */
const patienceMs = 2_000;

/** Stops listening, and resolves when what was begun has been answered or has taken too long. */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const impatience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  await app.close();
  clearTimeout(impatience);
}
