import { counter, gauge } from '../model/metric';

/** What the rules and boards use of Prometheus' metrics about itself. */

export const prometheusRuleEvaluationFailuresTotal = counter({
  name: 'prometheus_rule_evaluation_failures_total',
  help: 'Rule evaluations that failed, by rule group.',
  labels: ['rule_group'],
});

export const prometheusTsdbHeadSeries = gauge({
  name: 'prometheus_tsdb_head_series',
  help: 'Series held in memory.',
});

export const prometheusTsdbHeadSamplesAppendedTotal = counter({
  name: 'prometheus_tsdb_head_samples_appended_total',
  help: 'Samples stored.',
  labels: ['type'],
});

export const prometheusTsdbStorageBlocksBytes = gauge({
  name: 'prometheus_tsdb_storage_blocks_bytes',
  help: 'Bytes of the blocks on disk; 0 until the first is written.',
});

export const prometheusRuleGroupLastDurationSeconds = gauge({
  name: 'prometheus_rule_group_last_duration_seconds',
  help: 'How long the last evaluation of the group took.',
  labels: ['rule_group'],
});

export const prometheusRuleGroupIntervalSeconds = gauge({
  name: 'prometheus_rule_group_interval_seconds',
  help: 'How often the group is evaluated.',
  labels: ['rule_group'],
});

export const prometheusRuleGroupIterationsTotal = counter({
  name: 'prometheus_rule_group_iterations_total',
  help: 'Iterations of a rule group that were due, whether or not they came about.',
  labels: ['rule_group'],
});

export const prometheusRuleGroupIterationsMissedTotal = counter({
  name: 'prometheus_rule_group_iterations_missed_total',
  help: 'Evaluations left out because the one before was not done.',
  labels: ['rule_group'],
});

export const prometheusNotificationsSentTotal = counter({
  name: 'prometheus_notifications_sent_total',
  help: 'Alerts sent to Alertmanager.',
  labels: ['alertmanager'],
});

export const prometheusNotificationsErrorsTotal = counter({
  name: 'prometheus_notifications_errors_total',
  help: 'Alerts that could not be sent to Alertmanager.',
  labels: ['alertmanager'],
});

export const prometheusNotificationsDroppedTotal = counter({
  name: 'prometheus_notifications_dropped_total',
  help: 'Alerts given up because they could not be sent in time.',
});

export const prometheusNotificationsQueueLength = gauge({
  name: 'prometheus_notifications_queue_length',
  help: 'Alerts waiting to be sent.',
});

export const prometheusConfigLastReloadSuccessful = gauge({
  name: 'prometheus_config_last_reload_successful',
  help: '1 when the configuration that runs is the one in its file.',
});

export const prometheusTargetScrapesSampleOutOfOrderTotal = counter({
  name: 'prometheus_target_scrapes_sample_out_of_order_total',
  help: 'Samples refused because a later one of the series was there already.',
});

export const prometheusTargetScrapesSampleDuplicateTimestampTotal = counter({
  name: 'prometheus_target_scrapes_sample_duplicate_timestamp_total',
  help: 'Samples refused because the series has another value at that time.',
});

export const prometheusTargetScrapesSampleOutOfBoundsTotal = counter({
  name: 'prometheus_target_scrapes_sample_out_of_bounds_total',
  help: 'Samples refused because their time is too far from now.',
});

export const prometheusTargetScrapesExceededSampleLimitTotal = counter({
  name: 'prometheus_target_scrapes_exceeded_sample_limit_total',
  help: 'Scrapes refused because they brought more samples than allowed.',
});

export const prometheusTsdbCompactionsFailedTotal = counter({
  name: 'prometheus_tsdb_compactions_failed_total',
  help: 'Compactions of the time-series database that failed.',
});

export const prometheusTsdbHeadTruncationsFailedTotal = counter({
  name: 'prometheus_tsdb_head_truncations_failed_total',
  help: 'Truncations of the head block that failed.',
});

export const prometheusTsdbWalCorruptionsTotal = counter({
  name: 'prometheus_tsdb_wal_corruptions_total',
  help: 'Damaged places found in the write-ahead log.',
});

export const prometheusTsdbWalTruncationsFailedTotal = counter({
  name: 'prometheus_tsdb_wal_truncations_failed_total',
  help: 'Truncations of the write-ahead log that failed.',
});

export const prometheusTsdbWalWritesFailedTotal = counter({
  name: 'prometheus_tsdb_wal_writes_failed_total',
  help: 'Writes to the write-ahead log that failed.',
});

export const prometheusTsdbReloadsFailuresTotal = counter({
  name: 'prometheus_tsdb_reloads_failures_total',
  help: 'Times that the blocks on disk could not be read.',
});

export const prometheusNotificationsAlertmanagersDiscovered = gauge({
  name: 'prometheus_notifications_alertmanagers_discovered',
  help: 'Alertmanagers that alerts are sent to.',
});

export const prometheusMetrics = [
  prometheusRuleEvaluationFailuresTotal,
  prometheusTsdbHeadSeries,
  prometheusTsdbHeadSamplesAppendedTotal,
  prometheusTsdbStorageBlocksBytes,
  prometheusRuleGroupLastDurationSeconds,
  prometheusRuleGroupIntervalSeconds,
  prometheusRuleGroupIterationsTotal,
  prometheusRuleGroupIterationsMissedTotal,
  prometheusNotificationsSentTotal,
  prometheusNotificationsErrorsTotal,
  prometheusNotificationsDroppedTotal,
  prometheusNotificationsQueueLength,
  prometheusConfigLastReloadSuccessful,
  prometheusTargetScrapesSampleOutOfOrderTotal,
  prometheusTargetScrapesSampleDuplicateTimestampTotal,
  prometheusTargetScrapesSampleOutOfBoundsTotal,
  prometheusTargetScrapesExceededSampleLimitTotal,
  prometheusTsdbCompactionsFailedTotal,
  prometheusTsdbHeadTruncationsFailedTotal,
  prometheusTsdbWalCorruptionsTotal,
  prometheusTsdbWalTruncationsFailedTotal,
  prometheusTsdbWalWritesFailedTotal,
  prometheusTsdbReloadsFailuresTotal,
  prometheusNotificationsAlertmanagersDiscovered,
] as const;
