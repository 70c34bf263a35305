import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { NotificationResult, WebhookMetrics } from '../metrics/webhook-metrics';
import type { MessageStore } from '../storage/message-store';
import { alertDraft, type Language } from './alert-draft';
import type { ReadAnnounced } from './announced';
import { carriesToken } from './bearer';
import { parseNotification, type Alert } from './notification';

export interface ReceiveProps {
  readonly store: MessageStore;
  readonly announced: ReadAnnounced;
  readonly metrics: WebhookMetrics;
  readonly log: Logger;
  readonly language: Language;
  /** Empty: anybody may post. */
  readonly token: string;
}

/**
 * How many alerts of a notification wait to be stored at a time. All at once, those that do not fit into the queue of
 * the store would be refused, and again whenever Alertmanager sends them, since the same ones come first each time.
 */
const slice = 500;

/**
 * Receives Alertmanager's notifications. It answers 200 only when every alert that can be read is stored; for a 5xx
 * Alertmanager sends the notification again, for a 4xx it does not.
 *
 * That an alert is over is said only in a room that knows of it: Alertmanager lists what a cause has muted all the
 * while beside whatever else its group has to say, once it is over.
 */
export function receiveNotifications(app: FastifyInstance, props: ReceiveProps): void {
  const { store, announced, metrics, log, language, token } = props;

  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== '/alerts') return undefined;
    const began = performance.now();
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 0;
      metrics.notification(resultOf(status), (performance.now() - began) / 1_000);
    });
    // Before the body is read: a stranger should cost us nothing.
    if (token !== '' && !carriesToken(request.headers.authorization, token)) {
      return reply.code(401).header('www-authenticate', 'Bearer').send({
        error: 'unauthorized',
        message: 'send the bearer token of CHATROOM_WEBHOOK_TOKEN',
        retryable: false,
      });
    }
  });

  app.post('/alerts', async (request, reply) => {
    const notification = parseNotification(request.body);
    if (!notification.ok) {
      log.warn({ problem: notification.problem }, 'a notification could not be read');
      return reply.code(400).send({ error: 'bad_request', message: notification.problem, retryable: false });
    }
    const { alerts, rejected, truncated } = notification;
    metrics.leftOut({ rejected, truncated });
    if (rejected > 0) log.warn({ rejected }, 'alerts that could not be read were left out');
    let posted = 0;
    let unannounced = 0;
    const post = async (some: readonly Alert[]): Promise<void> => {
      // Settled, not just all: an alert that was stored is counted even if its neighbour failed.
      const results = await Promise.allSettled(some.map((alert) => store.add(alertDraft(alert, language))));
      results.forEach((result, index) => {
        const status = some[index]?.status;
        if (result.status === 'rejected' || !status) return;
        metrics.alert(status, result.value.fresh);
        if (result.value.fresh) posted += 1;
      });
      const failure = results.find((result) => result.status === 'rejected');
      if (failure) throw failure.reason as Error;
    };
    const withStatus = (wanted: Alert['status']) => alerts.filter(({ status }) => status === wanted);
    for (const some of slices(withStatus('firing'))) await post(some);
    for (const some of slices(withStatus('resolved'))) {
      const known = await announced(some);
      await post(some.filter((_alert, index) => known[index]));
      unannounced += known.filter((each) => !each).length;
    }
    if (unannounced > 0) log.info({ unannounced }, 'all-clears of alerts that nobody heard of were left out');
    return { posted, repeated: alerts.length - posted - unannounced, rejected, unannounced };
  });
}

const slices = (alerts: readonly Alert[]): readonly (readonly Alert[])[] =>
  Array.from({ length: Math.ceil(alerts.length / slice) }, (_, index) =>
    alerts.slice(index * slice, (index + 1) * slice),
  );

function resultOf(status: number): NotificationResult {
  if (status === 401) return 'unauthorized';
  if (status >= 200 && status < 300) return 'stored';
  return status >= 400 && status < 500 ? 'rejected' : 'failed';
}
