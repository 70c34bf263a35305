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
} from '../../../monitoring/metrics/prometheus';
import { scrapeDurationSeconds } from '../../../monitoring/metrics/target';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, growing } from './given';

const target = { job: 'prometheus', instance: 'localhost:9090' };
const failed = (pace: string) =>
  given(
    series(prometheusRuleEvaluationFailuresTotal, { ...target, rule_group: '/etc/alert_rules.yml;chatroom' }),
    pace,
  );
const iterations = (due: string, missed: string) => {
  const group = { ...target, rule_group: '/etc/recording_rules.yml;slo-windows' };
  return [
    given(series(prometheusRuleGroupIterationsTotal, group), due),
    given(series(prometheusRuleGroupIterationsMissedTotal, group), missed),
  ];
};
const scrape = (job: string, seconds: number) =>
  given(series(scrapeDurationSeconds, { job, instance: `${job}:1` }), flat(seconds));
const refused = (duplicates: string) => [
  given(series(prometheusTargetScrapesSampleDuplicateTimestampTotal, target), duplicates),
  ...[
    prometheusTargetScrapesSampleOutOfOrderTotal,
    prometheusTargetScrapesSampleOutOfBoundsTotal,
    prometheusTargetScrapesExceededSampleLimitTotal,
  ].map((metric) => given(series(metric, target), flat(4))),
];
const storage = (compactions: string) => [
  given(series(prometheusTsdbCompactionsFailedTotal, target), compactions),
  ...[
    prometheusTsdbHeadTruncationsFailedTotal,
    prometheusTsdbReloadsFailuresTotal,
    prometheusTsdbWalCorruptionsTotal,
    prometheusTsdbWalTruncationsFailedTotal,
    prometheusTsdbWalWritesFailedTotal,
  ].map((metric) => given(series(metric, target), flat(1, '2h'))),
];
const lost = (pace: string) =>
  given(
    series(prometheusNotificationsErrorsTotal, {
      ...target,
      alertmanager: 'http://alertmanager:9093/api/v2/alerts',
    }),
    pace,
  );
const discovered = (...values: readonly string[]) =>
  given(series(prometheusNotificationsAlertmanagersDiscovered, target), ...values);
const loaded = (...values: readonly string[]) =>
  given(series(prometheusConfigLastReloadSuccessful, target), ...values);

export const ruleFailures: AlertCases = {
  alert: 'PrometheusRuleFailures',
  says: {
    labels: { instance: 'localhost:9090', job: 'prometheus', rule_group: '/etc/alert_rules.yml;chatroom' },
    summary: { zh: '监控规则求值失败：5 分钟内 20 次', en: '20 rule evaluations failed in 5 minutes' },
    description: {
      zh: 'Prometheus localhost:9090 的规则组 /etc/alert_rules.yml;chatroom 在 5 分钟内有 20 次求值失败。失败的告警不会触发，也不会恢复：我们在这方面是盲的。',
      en: 'Rule group /etc/alert_rules.yml;chatroom of Prometheus localhost:9090 failed 20 evaluations in 5 minutes. An alert that fails neither fires nor ends: there we are blind.',
    },
  },
  fires: [
    {
      when: 'a group fails at every evaluation',
      given: [failed(growing(1 / 15))],
      counts: { '1m': 0, '10m': 1 },
    },
  ],
  silent: [{ when: 'the last failure was long ago', given: [failed(flat(3))] }],
};

export const scrapeNearTimeout: AlertCases = {
  alert: 'PrometheusScrapeNearTimeout',
  says: {
    labels: { instance: 'chatroom-server:1', job: 'chatroom-server' },
    summary: {
      zh: '抓取 chatroom-server:1 几乎超时：已用 90% 的时限',
      en: 'Scraping chatroom-server:1 takes 90% of the time allowed',
    },
    description: {
      zh: '抓取 chatroom-server:1（任务 chatroom-server）用去时限的 90%，持续 5 分钟。一旦超时，该目标的全部指标会消失，依赖它们的告警随之失明。',
      en: 'Scrapes of chatroom-server:1 (job chatroom-server) have taken 90% of their timeout for 5 minutes. Beyond it all metrics of the target vanish, and every alert that needs them goes blind.',
    },
  },
  fires: [
    {
      when: 'the chat server, which has 5 seconds, takes 4.5',
      given: [scrape('chatroom-server', 4.5)],
      counts: { '4m': 0, '6m': 1 },
    },
    {
      when: 'another target, which has 10 seconds, takes 9',
      given: [scrape('postgres-exporter', 9)],
      counts: { '6m': 1 },
    },
  ],
  silent: [
    { when: 'a target with 10 seconds takes 4.5', given: [scrape('postgres-exporter', 4.5)] },
    { when: 'the chat server takes 1', given: [scrape('chatroom-server', 1)] },
  ],
};

export const samplesDropped: AlertCases = {
  alert: 'PrometheusSamplesDropped',
  says: {
    labels: { instance: 'localhost:9090', job: 'prometheus' },
    summary: {
      zh: 'Prometheus 10 分钟内丢弃了 60 个样本',
      en: 'Prometheus dropped 60 samples in 10 minutes',
    },
    description: {
      zh: 'Prometheus localhost:9090 在 10 分钟内拒收了 60 个样本（乱序、时间戳重复、超出时间范围或超过样本上限）。图表和告警缺少这些数据。',
      en: 'Prometheus localhost:9090 refused 60 samples in 10 minutes: out of order, with a time that is taken or too far off, or more than its limit. Boards and alerts do without them.',
    },
  },
  fires: [
    {
      when: 'two targets expose the same series',
      given: refused(growing(0.1)),
      counts: { '5m': 0, '15m': 1 },
    },
  ],
  silent: [{ when: 'the last were dropped long ago', given: refused(flat(9)) }],
};

export const storageFailing: AlertCases = {
  alert: 'PrometheusStorageFailing',
  says: {
    labels: { instance: 'localhost:9090', job: 'prometheus' },
    summary: {
      zh: 'Prometheus 存储出错：1 小时内 3 次',
      en: 'The storage of Prometheus failed 3 times in an hour',
    },
    description: {
      zh: 'Prometheus localhost:9090 在 1 小时内有 3 次压缩、截断、重新加载或写入预写日志失败。多半是磁盘满或损坏；继续下去会丢失历史数据，重启后可能无法启动。',
      en: 'Within an hour Prometheus localhost:9090 failed 3 times to compact, truncate or reload its blocks or to write its log. Usually the disk is full or damaged; history gets lost, and the next start may fail.',
    },
  },
  fires: [
    {
      when: 'three compactions fail, for an hour',
      given: storage(
        counting([
          { perSecond: 0, lasting: '1h' },
          { perSecond: 0.2, lasting: '15s' },
          { perSecond: 0, lasting: '2h' },
        ]),
      ),
      counts: { '1h': 0, '70m': 1, '130m': 0 },
    },
  ],
  silent: [{ when: 'nothing has failed since the last start', given: storage(flat(1, '2h')), until: '2h' }],
};

export const notificationsFailing: AlertCases = {
  alert: 'PrometheusNotificationsFailing',
  says: {
    labels: {
      alertmanager: 'http://alertmanager:9093/api/v2/alerts',
      instance: 'localhost:9090',
      job: 'prometheus',
    },
    summary: {
      zh: 'Prometheus 无法把告警交给 Alertmanager：2 分钟内 24 次',
      en: 'Prometheus failed to hand 24 alerts to Alertmanager in 2 minutes',
    },
    description: {
      zh: 'Prometheus localhost:9090 在 2 分钟内有 24 条告警未能送达 http://alertmanager:9093/api/v2/alerts。若没有其他 Alertmanager 可用，任何告警都到不了人，只有外部的失联开关会发现。',
      en: 'Prometheus localhost:9090 could not hand 24 alerts to http://alertmanager:9093/api/v2/alerts within 2 minutes. If there is no other Alertmanager, no alert reaches anybody; only the dead man’s switch outside notices.',
    },
  },
  fires: [
    {
      when: 'an Alertmanager does not answer, and ends when it does',
      given: [
        lost(
          counting([
            { perSecond: 0.2, lasting: '15m' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
      ],
      counts: { '4m': 0, '10m': 1, '18m': 0 },
    },
  ],
  silent: [
    {
      when: 'it starts anew within half a minute',
      given: [
        lost(
          counting([
            { perSecond: 0, lasting: '5m' },
            { perSecond: 0.2, lasting: '30s' },
            { perSecond: 0, lasting: '30m' },
          ]),
        ),
      ],
    },
  ],
};

export const noAlertmanager: AlertCases = {
  alert: 'PrometheusNoAlertmanager',
  says: {
    labels: { instance: 'localhost:9090', job: 'prometheus' },
    summary: {
      zh: 'Prometheus localhost:9090 只找到 0 个 Alertmanager',
      en: 'Prometheus localhost:9090 finds 0 Alertmanagers',
    },
    description: {
      zh: 'Prometheus localhost:9090 发现了 0 个 Alertmanager，少于应有的数量。一个也没有时，所有告警都停留在 Prometheus 内部。',
      en: 'Prometheus localhost:9090 discovered 0 Alertmanagers, fewer than there should be. With none every alert stays inside Prometheus.',
    },
  },
  fires: [
    {
      when: 'there is none any more',
      given: [discovered(flat(1, '5m'), flat(0))],
      counts: { '9m': 0, '11m': 1 },
    },
  ],
  silent: [{ when: 'there is one', given: [discovered(flat(1))] }],
};

export const prometheusConfigNotLoaded: AlertCases = {
  alert: 'PrometheusConfigNotLoaded',
  says: {
    labels: { instance: 'localhost:9090', job: 'prometheus' },
    summary: {
      zh: 'Prometheus localhost:9090 未能加载新配置',
      en: 'Prometheus localhost:9090 could not load its new configuration',
    },
    description: {
      zh: 'Prometheus localhost:9090 最近一次重新加载配置失败已超过 5 分钟，仍在使用旧的规则与目标；下次重启会因此起不来。',
      en: 'The last reload of Prometheus localhost:9090 failed more than 5 minutes ago. It works with its old rules and targets, and will not survive a restart.',
    },
  },
  fires: [
    {
      when: 'a broken configuration was loaded, and ends when it is mended',
      given: [loaded(flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '9m': 0, '11m': 1, '16m': 0 },
    },
  ],
  silent: [{ when: 'the configuration is sound', given: [loaded(flat(1))] }],
};

export const rulesMissed: AlertCases = {
  alert: 'PrometheusRulesMissed',
  says: {
    labels: { ...target, rule_group: '/etc/recording_rules.yml;slo-windows' },
    summary: {
      zh: 'Prometheus 漏掉了 50% 的规则评估',
      en: 'Prometheus leaves out 50% of the evaluations of its rules',
    },
    description: {
      zh: 'Prometheus localhost:9090 的规则组 /etc/recording_rules.yml;slo-windows 来不及评估，5 分钟内漏掉了 50%。告警会迟到；没有记录的时间片在 SLO 中按达标计算，预算看起来比实际多。',
      en: 'Prometheus localhost:9090 cannot keep up with rule group /etc/recording_rules.yml;slo-windows and left 50% of its evaluations out within 5 minutes. Alerts come late, and slices that were not recorded count as good: budgets look better than they are.',
    },
  },
  fires: [
    {
      when: 'every other evaluation is left out, for more than ten minutes',
      given: iterations(growing(1 / 15), growing(1 / 30)),
      counts: { '9m': 0, '12m': 1 },
    },
  ],
  silent: [
    { when: 'one evaluation in sixteen is left out', given: iterations(growing(1 / 15), growing(1 / 240)) },
    {
      when: 'a start-up leaves some out, and that is all',
      given: iterations(
        growing(1 / 15),
        counting([
          { perSecond: 1 / 15, lasting: '2m' },
          { perSecond: 0, lasting: '50m' },
        ]),
      ),
    },
    { when: 'none is', given: iterations(growing(1 / 15), flat(0)) },
  ],
};
