/**
 * The kinds of monitoring.coreos.com as constructs: typed by @kubernetes-models/prometheus-operator, checked at synth
 * against the schemas of the release that operator-version.ts names.
 */
import type { Construct } from 'constructs';
import type { IPrometheus } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Prometheus' with { 'resolution-mode': 'import' };
import type { IAlertmanager } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Alertmanager' with { 'resolution-mode': 'import' };
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor' with { 'resolution-mode': 'import' };
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor' with { 'resolution-mode': 'import' };
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule' with { 'resolution-mode': 'import' };
import type { IScrapeConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/ScrapeConfig' with { 'resolution-mode': 'import' };
import type { IAlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig' with { 'resolution-mode': 'import' };
import { CustomResource, type CustomResourceProps } from './custom-resource';

const group = 'monitoring.coreos.com';

type Spec<Kind extends { spec?: unknown }> = NonNullable<Kind['spec']>;

export type PrometheusSpec = Spec<IPrometheus>;

export class Prometheus extends CustomResource<PrometheusSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<PrometheusSpec>) {
    super(scope, id, { group, version: 'v1', kind: 'Prometheus' }, props);
  }
}

export type AlertmanagerSpec = Spec<IAlertmanager>;

export class Alertmanager extends CustomResource<AlertmanagerSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<AlertmanagerSpec>) {
    super(scope, id, { group, version: 'v1', kind: 'Alertmanager' }, props);
  }
}

export type ServiceMonitorSpec = Spec<IServiceMonitor>;

export class ServiceMonitor extends CustomResource<ServiceMonitorSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<ServiceMonitorSpec>) {
    super(scope, id, { group, version: 'v1', kind: 'ServiceMonitor' }, props);
  }
}

export type PodMonitorSpec = Spec<IPodMonitor>;

export class PodMonitor extends CustomResource<PodMonitorSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<PodMonitorSpec>) {
    super(scope, id, { group, version: 'v1', kind: 'PodMonitor' }, props);
  }
}

export type PrometheusRuleSpec = Spec<IPrometheusRule>;

export class PrometheusRule extends CustomResource<PrometheusRuleSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<PrometheusRuleSpec>) {
    super(scope, id, { group, version: 'v1', kind: 'PrometheusRule' }, props);
  }
}

export type ScrapeConfigSpec = Spec<IScrapeConfig>;

export class ScrapeConfig extends CustomResource<ScrapeConfigSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<ScrapeConfigSpec>) {
    super(scope, id, { group, version: 'v1alpha1', kind: 'ScrapeConfig' }, props);
  }
}

export type AlertmanagerConfigSpec = Spec<IAlertmanagerConfig>;

export class AlertmanagerConfig extends CustomResource<AlertmanagerConfigSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<AlertmanagerConfigSpec>) {
    super(scope, id, { group, version: 'v1alpha1', kind: 'AlertmanagerConfig' }, props);
  }
}

