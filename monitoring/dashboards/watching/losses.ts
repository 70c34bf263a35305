import {
  alertmanagerNflogGcDurationSecondsCount,
  alertmanagerNflogSnapshotDurationSecondsCount,
} from '../../metrics/alertmanager';
import {
  prometheusTargetScrapesExceededSampleLimitTotal,
  prometheusTargetScrapesSampleDuplicateTimestampTotal,
  prometheusTargetScrapesSampleOutOfBoundsTotal,
  prometheusTargetScrapesSampleOutOfOrderTotal,
  prometheusTsdbCompactionsFailedTotal,
  prometheusTsdbHeadTruncationsFailedTotal,
  prometheusTsdbReloadsFailuresTotal,
  prometheusTsdbWalCorruptionsTotal,
  prometheusTsdbWalTruncationsFailedTotal,
  prometheusTsdbWalWritesFailedTotal,
} from '../../metrics/prometheus';
import type { Metric } from '../../model/metric';
import { promql, series } from '../../model/promql';
import type { Text } from '../../model/text';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

/** How often something happened within the hour; a failure is rare, and should be seen for longer than a minute. */
const inAnHour = (metric: Metric) => promql`sum(increase(${series(metric, chosen)}[1h]))`;

export function samplesRefused(setting: Setting) {
  const refused = (metric: Metric, legend: Text) => ({
    legend,
    expr: promql`60 * sum(rate(${series(metric, chosen)}[$__rate_interval]))`,
  });
  return layers(setting, {
    title: { zh: '被拒收的样本', en: 'Samples refused' },
    description: {
      zh: '图表和告警缺少这些数据。健康时全部为零。',
      en: 'Boards and alerts do without them. All zero in good health.',
    },
    unit: units.perMinute,
    queries: [
      refused(prometheusTargetScrapesSampleOutOfOrderTotal, { zh: '乱序', en: 'Out of order' }),
      refused(prometheusTargetScrapesSampleDuplicateTimestampTotal, { zh: '时间重复', en: 'Time is taken' }),
      refused(prometheusTargetScrapesSampleOutOfBoundsTotal, { zh: '超出时间范围', en: 'Time is far off' }),
      refused(prometheusTargetScrapesExceededSampleLimitTotal, { zh: '超过上限', en: 'Over the limit' }),
    ],
  })
    .span(8)
    .height(8);
}

export function storageFailures(setting: Setting) {
  const failed = (metric: Metric, legend: Text) => ({ legend, expr: inAnHour(metric) });
  return layers(setting, {
    title: { zh: '存储出错', en: 'Storage that fails' },
    description: {
      zh: '最近一小时内的次数。多半是磁盘满或损坏；健康时全部为零。',
      en: 'Times within the last hour. Usually the disk is full or damaged; all zero in good health.',
    },
    unit: units.count,
    queries: [
      failed(prometheusTsdbCompactionsFailedTotal, { zh: '压缩', en: 'Compacting' }),
      failed(prometheusTsdbHeadTruncationsFailedTotal, { zh: '截断内存块', en: 'Cutting the head' }),
      failed(prometheusTsdbReloadsFailuresTotal, { zh: '重新加载', en: 'Reloading' }),
      failed(prometheusTsdbWalCorruptionsTotal, { zh: '日志损坏', en: 'Log damaged' }),
      failed(prometheusTsdbWalTruncationsFailedTotal, { zh: '截断日志', en: 'Cutting the log' }),
      failed(prometheusTsdbWalWritesFailedTotal, { zh: '写入日志', en: 'Writing the log' }),
    ],
  })
    .span(8)
    .height(8);
}

export function notificationLog(setting: Setting) {
  return curves(setting, {
    title: { zh: '通知日志', en: 'Log of notifications' },
    description: {
      zh: '最近一小时内 Alertmanager 整理与写入的次数。只整理而不写入时，重启后告警会重发一遍。',
      en: 'How often within the last hour Alertmanager tidied and wrote it. While it is tidied and never written, a restart sends every alert again.',
    },
    unit: units.count,
    queries: [
      { legend: { zh: '整理', en: 'Tidied' }, expr: inAnHour(alertmanagerNflogGcDurationSecondsCount) },
      {
        legend: { zh: '写入', en: 'Written' },
        expr: inAnHour(alertmanagerNflogSnapshotDurationSecondsCount),
      },
    ],
  })
    .span(8)
    .height(8);
}
