import { counter } from '../model/metric';

/** What the rules and boards use of Prometheus' metrics about itself. */

export const prometheusRuleEvaluationFailuresTotal = counter({
  name: 'prometheus_rule_evaluation_failures_total',
  help: 'Rule evaluations that failed, by rule group.',
  labels: ['rule_group'],
});

export const prometheusMetrics = [prometheusRuleEvaluationFailuresTotal] as const;
