import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { readAnnounced } from './alerts/announced';
import { receiveNotifications } from './alerts/receive';
import { Backbone } from './backbone';
import { closeApp, createApp } from './http/app';
import { answerFailures } from './http/fail';
import { serveOperations } from './http/operations';
import { trace } from './http/trace';
import { WebhookMetrics } from './metrics/webhook-metrics';
import type { WebhookSettings } from './settings';

export interface AlertWebhook {
  readonly app: FastifyInstance;
  readonly metrics: WebhookMetrics;
  /** Starts listening and resolves with the address; PostgreSQL and Redis may come later. */
  start(): Promise<string>;
  /** Finishes what was begun and lets go of everything. */
  stop(): Promise<void>;
}

/** Alertmanager sends all alerts of a group at once; a storm of some thousands must fit. */
const bodyLimit = 8 * 1_048_576;

/** Puts the alert webhook together without starting it. */
export function buildWebhook(settings: WebhookSettings, log: Logger): AlertWebhook {
  const metrics = new WebhookMetrics();
  let draining = false;
  const backbone = new Backbone({
    settings,
    replica: `webhook-${hostname()}-${randomBytes(3).toString('hex')}`,
    log,
    countException: metrics.exception,
    // Nobody is connected to the webhook; the servers' clients hear of its messages through Redis.
    broadcast: () => 0,
    rooms: () => [],
  });
  const app = createApp(log, bodyLimit);
  trace(app);
  answerFailures(app, metrics.exception);
  serveOperations(app, {
    registry: metrics.registry,
    checks: {
      ...backbone.checks,
      webhook: async () => {
        if (draining) throw new Error('shutting down');
      },
    },
  });
  receiveNotifications(app, {
    store: backbone.store,
    announced: readAnnounced(backbone.postgres),
    metrics,
    log,
    language: settings.language,
    token: settings.token,
  });

  return {
    app,
    metrics,
    async start() {
      backbone.start();
      return app.listen({ host: settings.host, port: settings.port });
    },
    async stop() {
      draining = true;
      await closeApp(app);
      await backbone.close();
    },
  };
}
