import { counter, histogram } from '../model/metric';
import { exceptionOrigins } from './chatroom';

/** The metrics of chatroom-webhook, which posts alerts into the room #ops. */

/** What became of a notification; the webhook creates every child at zero when it starts. */
export const notificationResults = ['stored', 'rejected', 'unauthorized', 'failed'] as const;

export const webhookNotificationsTotal = counter({
  name: 'chatroom_webhook_notifications_total',
  help: 'Notifications received from Alertmanager, by what became of them; a failed one comes again.',
  labels: ['result'],
});

/** The two states in which Alertmanager reports an alert. */
export const alertStatuses = ['firing', 'resolved'] as const;

export const webhookAlertsPostedTotal = counter({
  name: 'chatroom_webhook_alerts_posted_total',
  help: 'Alerts posted into the room #ops, by status.',
  labels: ['status'],
});

export const webhookAlertsRepeatedTotal = counter({
  name: 'chatroom_webhook_alerts_repeated_total',
  help: 'Alerts not posted because they already were, by status.',
  labels: ['status'],
});

export const webhookAlertsRejectedTotal = counter({
  name: 'chatroom_webhook_alerts_rejected_total',
  help: 'Alerts left out of a notification because they could not be read.',
});

export const webhookAlertsTruncatedTotal = counter({
  name: 'chatroom_webhook_alerts_truncated_total',
  help: 'Alerts that Alertmanager left out of its notifications for their number.',
});

export const webhookNotificationDurationSeconds = histogram({
  name: 'chatroom_webhook_notification_duration_seconds',
  help: 'Time from the arrival of a notification to the end of its answer, in seconds.',
  // Alertmanager gives up on a webhook after its group interval; 10 s is the shortest that is configured here.
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
});

/** Where an exception was caught: the places of the chat server, without the one that the webhook lacks. */
export const webhookExceptionOrigins = exceptionOrigins.filter((origin) => origin !== 'websocket');

export const webhookExceptionsTotal = counter({
  name: 'chatroom_webhook_exceptions_total',
  help: 'Exceptions that no handler expected, by where they were caught.',
  labels: ['origin'],
});

/** Every metric of the webhook, in the order in which the documentation lists them. */
export const chatroomWebhookMetrics = [
  webhookNotificationsTotal,
  webhookAlertsPostedTotal,
  webhookAlertsRepeatedTotal,
  webhookAlertsRejectedTotal,
  webhookAlertsTruncatedTotal,
  webhookNotificationDurationSeconds,
  webhookExceptionsTotal,
] as const;
