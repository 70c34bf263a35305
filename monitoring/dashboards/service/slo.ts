import { budget, budgetRemaining, errorRatio, periodKnown } from '../../model/slo';
import { promql, series } from '../../model/promql';
import { colouredFrom, curves, figures } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function budgets(setting: Setting) {
  return figures(setting, {
    title: { zh: '剩余错误预算', en: 'Error budget left' },
    description: {
      zh: '30 天错误预算的剩余部分：100% 为未动用，负数为透支。没有记录的时间按良好计，占多少见右侧。',
      en: 'What is left of the error budget of 30 days: 100 % is untouched, below zero is overdrawn. Time that was not recorded counts as good; how much that is stands beside it.',
    },
    unit: units.ratio,
    queries: [{ legend: '{{slo}}', expr: promql`min by (slo) (${series(budgetRemaining)})` }],
  })
    .thresholds(colouredFrom({ worrying: 0, good: 0.25 }))
    .span(8)
    .height(8);
}

export function knownPeriod(setting: Setting) {
  return figures(setting, {
    title: { zh: '已记录的时间', en: 'How much is known' },
    description: {
      zh: '30 天中 Prometheus 有记录的部分。监控停止期间没有记录，该时间按良好计；数据保留不足 30 天时永远到不了 100%。',
      en: 'The part of the 30 days that Prometheus has recorded. While the monitoring is down nothing is recorded and that time counts as good; where less than 30 days are kept it never reaches 100 %.',
    },
    unit: units.ratio,
    queries: [{ legend: { zh: '30 天中', en: 'of 30 days' }, expr: promql`min(${series(periodKnown)})` }],
  })
    .span(4)
    .height(8);
}

export function burnRates(setting: Setting) {
  return curves(setting, {
    title: { zh: '错误预算消耗速度', en: 'How fast the error budget burns' },
    description: {
      zh: '最近一小时的消耗速度：1 表示恰好在 30 天结束时用完，14.4 表示两天用完并呼叫值班人员。',
      en: 'Over the last hour: at 1 the budget lasts exactly 30 days, at 14.4 it is gone in two and somebody is woken.',
    },
    unit: units.count,
    queries: [
      {
        legend: '{{slo}}',
        expr: promql`max by (slo) (${series(errorRatio('1h'))}) / (max by (slo) (${series(budget)}) > 0)`,
      },
    ],
  })
    .span(12)
    .height(8);
}
