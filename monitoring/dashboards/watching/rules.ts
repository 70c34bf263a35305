import {
  prometheusNotificationsAlertmanagersDiscovered,
  prometheusNotificationsDroppedTotal,
  prometheusNotificationsErrorsTotal,
  prometheusNotificationsQueueLength,
  prometheusRuleEvaluationFailuresTotal,
  prometheusRuleGroupIntervalSeconds,
  prometheusRuleGroupIterationsMissedTotal,
  prometheusRuleGroupLastDurationSeconds,
} from '../../metrics/prometheus';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function evaluation(setting: Setting) {
  return curves(setting, {
    title: { zh: '规则评估占用', en: 'Time taken by rules' },
    description: {
      zh: '最慢的规则组耗时占其周期的比例；到 1 就会漏掉评估。',
      en: 'What the slowest rule group takes of its interval; at 1 evaluations are left out.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`
          max by (instance) (
            ${series(prometheusRuleGroupLastDurationSeconds, chosen)}
            / ${series(prometheusRuleGroupIntervalSeconds, chosen)})`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function evaluationFailures(setting: Setting) {
  return curves(setting, {
    title: { zh: '规则评估失败', en: 'Rules that fail' },
    description: {
      zh: '失败或被漏掉的评估期间，告警是瞎的。',
      en: 'While evaluations fail or are left out, alerts are blind.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: { zh: '失败', en: 'Failed' },
        expr: promql`60 * sum(rate(${series(prometheusRuleEvaluationFailuresTotal, chosen)}[$__rate_interval]))`,
        colour: colours.bad,
      },
      {
        legend: { zh: '漏掉', en: 'Left out' },
        expr: promql`
          60 * sum(rate(${series(prometheusRuleGroupIterationsMissedTotal, chosen)}[$__rate_interval]))`,
        colour: colours.worrying,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function notificationQueue(setting: Setting) {
  return curves(setting, {
    title: { zh: '发往 Alertmanager', en: 'On the way to Alertmanager' },
    description: {
      zh: '找到的 Alertmanager、等待发送的告警，以及发送失败或被放弃的告警。没有 Alertmanager 时，告警到不了任何人。',
      en: 'How many Alertmanagers are found, alerts that wait to be sent, and those that failed or were given up. Without an Alertmanager nobody is told.',
    },
    unit: units.count,
    queries: [
      {
        legend: 'Alertmanager',
        expr: promql`min(${series(prometheusNotificationsAlertmanagersDiscovered, chosen)})`,
      },
      {
        legend: { zh: '等待', en: 'Waiting' },
        expr: promql`sum(${series(prometheusNotificationsQueueLength, chosen)})`,
      },
      {
        legend: { zh: '失败', en: 'Failed' },
        expr: promql`60 * sum(rate(${series(prometheusNotificationsErrorsTotal, chosen)}[$__rate_interval]))`,
        unit: units.perMinute,
        colour: colours.worrying,
      },
      {
        legend: { zh: '放弃', en: 'Given up' },
        expr: promql`60 * sum(rate(${series(prometheusNotificationsDroppedTotal, chosen)}[$__rate_interval]))`,
        unit: units.perMinute,
        colour: colours.bad,
      },
    ],
  })
    .span(8)
    .height(8);
}
