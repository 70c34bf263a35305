import { toSeconds } from '../model/duration';
import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { jobs, type Job } from '../jobs';
import {
  prometheusConfigLastReloadSuccessful,
  prometheusNotificationsAlertmanagersDiscovered,
  prometheusNotificationsErrorsTotal,
  prometheusRuleEvaluationFailuresTotal,
  prometheusRuleGroupIterationsMissedTotal,
  prometheusRuleGroupIterationsTotal,
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
} from '../metrics/prometheus';
import { scrapeDurationSeconds } from '../metrics/target';

/** Where a job states no timeout, Prometheus gives up after ten seconds. */
const timeoutOf = (job: Job) => ('timeout' in job ? toSeconds(job.timeout) : 10);

/** How much of its timeout each scrape took, from 0 to 1. Prometheus does not record the timeout. */
const shareOfTimeout = [...Map.groupBy(jobs, timeoutOf)]
  .map(([seconds, same]) => {
    const job = new RegExp(same.map(({ name }) => name).join('|'));
    return promql`${series(scrapeDurationSeconds, { job })} / ${seconds}`;
  })
  .join(' or ');

const sumOfIncreases = (metrics: readonly { readonly name: string }[], range: string) =>
  metrics.map(({ name }) => `increase(${name}[${range}])`).join(' + ');

const refused = sumOfIncreases(
  [
    prometheusTargetScrapesSampleOutOfOrderTotal,
    prometheusTargetScrapesSampleDuplicateTimestampTotal,
    prometheusTargetScrapesSampleOutOfBoundsTotal,
    prometheusTargetScrapesExceededSampleLimitTotal,
  ],
  '10m',
);

const storageFailures = sumOfIncreases(
  [
    prometheusTsdbCompactionsFailedTotal,
    prometheusTsdbHeadTruncationsFailedTotal,
    prometheusTsdbReloadsFailuresTotal,
    prometheusTsdbWalCorruptionsTotal,
    prometheusTsdbWalTruncationsFailedTotal,
    prometheusTsdbWalWritesFailedTotal,
  ],
  '1h',
);

/** Iterations that were due count among all, also those that never came about. */
const shareMissed = promql`
  sum by (job, instance, rule_group) (increase(${series(prometheusRuleGroupIterationsMissedTotal)}[5m]))
    / sum by (job, instance, rule_group) (increase(${series(prometheusRuleGroupIterationsTotal)}[5m]))`;

export const prometheusAlerts = [
  alert({
    name: 'PrometheusRuleFailures',
    severity: 'critical',
    service: 'monitoring',
    for: '2m',
    threshold: 0,
    expr: (failures) => promql`
      sum by (job, instance, rule_group) (increase(${series(prometheusRuleEvaluationFailuresTotal)}[5m])) > ${failures}`,
    summary: {
      zh: '监控规则求值失败：5 分钟内 {{ $value | printf "%.0f" }} 次',
      en: '{{ $value | printf "%.0f" }} rule evaluations failed in 5 minutes',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 的规则组 {{ $labels.rule_group }} 在 5 分钟内有 {{ $value | printf "%.0f" }} 次求值失败。失败的告警不会触发，也不会恢复：我们在这方面是盲的。',
      en: 'Rule group {{ $labels.rule_group }} of Prometheus {{ $labels.instance }} failed {{ $value | printf "%.0f" }} evaluations in 5 minutes. An alert that fails neither fires nor ends: there we are blind.',
    },
  }),
  alert({
    name: 'PrometheusRulesMissed',
    severity: 'warning',
    service: 'monitoring',
    // A burst, as at a start, is in the window for five minutes and then forgotten.
    for: '10m',
    threshold: 0.1,
    expr: (share) => promql`${shareMissed} > ${share}`,
    summary: {
      zh: 'Prometheus 漏掉了 {{ $value | humanizePercentage }} 的规则评估',
      en: 'Prometheus leaves out {{ $value | humanizePercentage }} of the evaluations of its rules',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 的规则组 {{ $labels.rule_group }} 来不及评估，5 分钟内漏掉了 {{ $value | humanizePercentage }}。告警会迟到；没有记录的时间片在 SLO 中按达标计算，预算看起来比实际多。',
      en: 'Prometheus {{ $labels.instance }} cannot keep up with rule group {{ $labels.rule_group }} and left {{ $value | humanizePercentage }} of its evaluations out within 5 minutes. Alerts come late, and slices that were not recorded count as good: budgets look better than they are.',
    },
  }),
  alert({
    name: 'PrometheusScrapeNearTimeout',
    severity: 'warning',
    service: 'monitoring',
    for: '5m',
    threshold: 0.8,
    expr: (share) => promql`(${shareOfTimeout}) > ${share}`,
    summary: {
      zh: '抓取 {{ $labels.instance }} 几乎超时：已用 {{ $value | humanizePercentage }} 的时限',
      en: 'Scraping {{ $labels.instance }} takes {{ $value | humanizePercentage }} of the time allowed',
    },
    description: {
      zh: '抓取 {{ $labels.instance }}（任务 {{ $labels.job }}）用去时限的 {{ $value | humanizePercentage }}，持续 5 分钟。一旦超时，该目标的全部指标会消失，依赖它们的告警随之失明。',
      en: 'Scrapes of {{ $labels.instance }} (job {{ $labels.job }}) have taken {{ $value | humanizePercentage }} of their timeout for 5 minutes. Beyond it all metrics of the target vanish, and every alert that needs them goes blind.',
    },
  }),
  alert({
    name: 'PrometheusSamplesDropped',
    severity: 'warning',
    service: 'monitoring',
    for: '10m',
    threshold: 0,
    expr: (samples) => promql`${refused} > ${samples}`,
    summary: {
      zh: 'Prometheus 10 分钟内丢弃了 {{ $value | printf "%.0f" }} 个样本',
      en: 'Prometheus dropped {{ $value | printf "%.0f" }} samples in 10 minutes',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 在 10 分钟内拒收了 {{ $value | printf "%.0f" }} 个样本（乱序、时间戳重复、超出时间范围或超过样本上限）。图表和告警缺少这些数据。',
      en: 'Prometheus {{ $labels.instance }} refused {{ $value | printf "%.0f" }} samples in 10 minutes: out of order, with a time that is taken or too far off, or more than its limit. Boards and alerts do without them.',
    },
  }),
  alert({
    name: 'PrometheusStorageFailing',
    severity: 'warning',
    service: 'monitoring',
    for: '5m',
    threshold: 0,
    expr: (failures) => promql`${storageFailures} > ${failures}`,
    summary: {
      zh: 'Prometheus 存储出错：1 小时内 {{ $value | printf "%.0f" }} 次',
      en: 'The storage of Prometheus failed {{ $value | printf "%.0f" }} times in an hour',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 在 1 小时内有 {{ $value | printf "%.0f" }} 次压缩、截断、重新加载或写入预写日志失败。多半是磁盘满或损坏；继续下去会丢失历史数据，重启后可能无法启动。',
      en: 'Within an hour Prometheus {{ $labels.instance }} failed {{ $value | printf "%.0f" }} times to compact, truncate or reload its blocks or to write its log. Usually the disk is full or damaged; history gets lost, and the next start may fail.',
    },
  }),
  alert({
    name: 'PrometheusNotificationsFailing',
    severity: 'critical',
    service: 'monitoring',
    for: '5m',
    threshold: 0,
    expr: (notifications) => promql`
      sum by (job, instance, alertmanager) (increase(${series(prometheusNotificationsErrorsTotal)}[2m])) > ${notifications}`,
    summary: {
      zh: 'Prometheus 无法把告警交给 Alertmanager：2 分钟内 {{ $value | printf "%.0f" }} 次',
      en: 'Prometheus failed to hand {{ $value | printf "%.0f" }} alerts to Alertmanager in 2 minutes',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 在 2 分钟内有 {{ $value | printf "%.0f" }} 条告警未能送达 {{ $labels.alertmanager }}。若没有其他 Alertmanager 可用，任何告警都到不了人，只有外部的失联开关会发现。',
      en: 'Prometheus {{ $labels.instance }} could not hand {{ $value | printf "%.0f" }} alerts to {{ $labels.alertmanager }} within 2 minutes. If there is no other Alertmanager, no alert reaches anybody; only the dead man’s switch outside notices.',
    },
  }),
  alert({
    name: 'PrometheusNoAlertmanager',
    severity: 'critical',
    service: 'monitoring',
    for: '5m',
    threshold: 1,
    // Nobody can be told by this Prometheus; another one that scrapes it tells, and the board shows it.
    expr: (alertmanagers) => promql`
      ${series(prometheusNotificationsAlertmanagersDiscovered)} < ${alertmanagers}`,
    summary: {
      zh: 'Prometheus {{ $labels.instance }} 只找到 {{ $value | printf "%.0f" }} 个 Alertmanager',
      en: 'Prometheus {{ $labels.instance }} finds {{ $value | printf "%.0f" }} Alertmanagers',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 发现了 {{ $value | printf "%.0f" }} 个 Alertmanager，少于应有的数量。一个也没有时，所有告警都停留在 Prometheus 内部。',
      en: 'Prometheus {{ $labels.instance }} discovered {{ $value | printf "%.0f" }} Alertmanagers, fewer than there should be. With none every alert stays inside Prometheus.',
    },
  }),
  alert({
    name: 'PrometheusConfigNotLoaded',
    severity: 'warning',
    service: 'monitoring',
    for: '5m',
    expr: () => promql`${series(prometheusConfigLastReloadSuccessful)} == 0`,
    summary: {
      zh: 'Prometheus {{ $labels.instance }} 未能加载新配置',
      en: 'Prometheus {{ $labels.instance }} could not load its new configuration',
    },
    description: {
      zh: 'Prometheus {{ $labels.instance }} 最近一次重新加载配置失败已超过 5 分钟，仍在使用旧的规则与目标；下次重启会因此起不来。',
      en: 'The last reload of Prometheus {{ $labels.instance }} failed more than 5 minutes ago. It works with its old rules and targets, and will not survive a restart.',
    },
  }),
] as const;
