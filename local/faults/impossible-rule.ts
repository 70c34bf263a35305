import { fault } from './fault';

export const impossibleRule = fault({
  name: 'impossible-rule',
  does: 'adds a rule that Prometheus can read, but not evaluate',
  alerts: ['PrometheusRuleFailures'],
  inject: (stack) =>
    stack.reconfigure(({ recordingRules, ...others }) => ({
      ...others,
      recordingRules: {
        groups: [
          ...recordingRules.groups,
          {
            name: 'rehearsal',
            // Two replicas share a job, so that neither side says which of them belongs to which.
            rules: [{ record: 'rehearsal:up:ratio', expr: 'up / on (job) up' }],
          },
        ],
      },
    })),
});
