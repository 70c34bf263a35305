import { Construct } from 'constructs';
import { PrometheusRule } from '../imports/monitoring.coreos.com';
import type { RuleGroup as RenderedGroup } from '../monitoring/render/rules';
import { recommendedLabels } from './component';
import { prometheusName, selectedBy } from './service-scrape';

export interface RuleGroupProps {
  /** The group as Prometheus reads it. */
  readonly group: RenderedGroup;
  readonly namespace: string;
  /** Name of the Prometheus that is to evaluate it. @default chatroom */
  readonly prometheus?: string;
}

/** One group of rules, as an object of its own: a group that is refused takes no other with it. */
export class RuleGroup extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { group, namespace, prometheus = prometheusName }: RuleGroupProps,
  ) {
    super(scope, id);
    const name = group.name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    if (group.rules.length === 0) throw new Error(`rule group ${group.name} holds no rule`);
    new PrometheusRule(this, 'rules', {
      metadata: {
        name,
        namespace,
        labels: { ...recommendedLabels({ name, component: 'rules' }), ...selectedBy(prometheus) },
      },
      spec: {
        groups: [
          {
            name: group.name,
            ...(group.interval && { interval: group.interval }),
            rules: group.rules.map((rule) => ({ ...rule })),
          },
        ],
      },
    });
  }
}
