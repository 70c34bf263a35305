import { counter } from '../model/metric';

/** What the rules and boards use of Alertmanager's metrics about itself. */

export const alertmanagerNotificationsFailedTotal = counter({
  name: 'alertmanager_notifications_failed_total',
  help: 'Notifications that could not be delivered, by integration.',
  labels: ['integration'],
});

export const alertmanagerMetrics = [alertmanagerNotificationsFailedTotal] as const;
