import { counter, gauge } from '../model/metric';

/** What the rules and boards use of Alertmanager's metrics about itself. */

export const alertmanagerNotificationsFailedTotal = counter({
  name: 'alertmanager_notifications_failed_total',
  help: 'Notifications that could not be delivered, by integration.',
  labels: ['integration'],
});

export const alertmanagerNotificationsTotal = counter({
  name: 'alertmanager_notifications_total',
  help: 'Notifications that were attempted, by integration.',
  labels: ['integration'],
});

export const alertmanagerAlerts = gauge({
  name: 'alertmanager_alerts',
  help: 'Alerts known, by state: active or suppressed.',
  labels: ['state'],
});

export const alertmanagerSilences = gauge({
  name: 'alertmanager_silences',
  help: 'Silences, by state.',
  labels: ['state'],
});

export const alertmanagerAlertsReceivedTotal = counter({
  name: 'alertmanager_alerts_received_total',
  help: 'Alerts received, by status.',
  labels: ['status', 'version'],
});

export const alertmanagerConfigLastReloadSuccessful = gauge({
  name: 'alertmanager_config_last_reload_successful',
  help: '1 when the configuration that runs is the one in its file.',
});

export const alertmanagerNflogGcDurationSecondsCount = counter({
  name: 'alertmanager_nflog_gc_duration_seconds_count',
  help: 'Times that the notification log was tidied, which is when it is also written to disk.',
});

export const alertmanagerNflogSnapshotDurationSecondsCount = counter({
  name: 'alertmanager_nflog_snapshot_duration_seconds_count',
  help: 'Times that the notification log was written to disk.',
});

export const alertmanagerClusterMembers = gauge({
  name: 'alertmanager_cluster_members',
  help: 'Alertmanagers that it knows of, itself among them.',
  onlyWhere: 'Alertmanager listens to others of its kind',
});

export const alertmanagerMetrics = [
  alertmanagerNotificationsFailedTotal,
  alertmanagerNotificationsTotal,
  alertmanagerAlerts,
  alertmanagerSilences,
  alertmanagerAlertsReceivedTotal,
  alertmanagerConfigLastReloadSuccessful,
  alertmanagerNflogGcDurationSecondsCount,
  alertmanagerNflogSnapshotDurationSecondsCount,
  alertmanagerClusterMembers,
] as const;
