import { gauge } from '../model/metric';

/** What Prometheus records about its own alerts while they are pending or firing. */

export const alerts = gauge({
  name: 'ALERTS',
  help: '1 for each alert that is pending or firing, with the labels of the alert.',
  labels: ['alertname', 'alertstate', 'severity', 'service'],
});

export const alertsForState = gauge({
  name: 'ALERTS_FOR_STATE',
  help: 'When the condition of the alert began to hold, in seconds since 1970.',
  labels: ['alertname', 'severity', 'service'],
});

export const alertMetrics = [alerts, alertsForState] as const;
