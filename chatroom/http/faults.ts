import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import { parseRequest } from './bad-request';
import { operationalPaths } from './route-list';

const faultOrder = z.strictObject({
  /** Share of the API requests that fail with 500. */
  errorRatio: z.number().min(0).max(1).default(0),
  /** How much longer each API request takes. */
  delaySeconds: z.number().min(0).max(60).default(0),
  /** After this the server is well again by itself; without it, when the next order says so. */
  durationSeconds: z.number().positive().max(86_400).optional(),
});

type FaultOrder = z.output<typeof faultOrder>;

const none: FaultOrder = { errorRatio: 0, delaySeconds: 0 };

/**
 * FOR REHEARSALS ONLY. Lets whoever can reach the server make it fail: it is registered only when CHATROOM_FAULTS=1
 * and must never be in production, where /faults is answered with 404 like every unknown path.
 */
export function serveFaults(app: FastifyInstance, log: Logger): void {
  let order = none;
  let until = Infinity;

  app.post('/faults', async (request) => {
    order = parseRequest(faultOrder, request.body);
    until = order.durationSeconds === undefined ? Infinity : Date.now() + order.durationSeconds * 1_000;
    log.warn({ faults: order }, 'faults are injected on request');
    return order;
  });

  app.addHook('preHandler', async (request) => {
    const path = request.routeOptions.url;
    if (path === undefined || operationalPaths.has(path) || !path.startsWith('/api/')) return;
    if (Date.now() > until) order = none;
    const { errorRatio, delaySeconds } = order;
    if (delaySeconds > 0) await sleep(delaySeconds * 1_000);
    if (Math.random() < errorRatio) throw new Error('injected fault, as ordered through POST /faults');
  });
}
