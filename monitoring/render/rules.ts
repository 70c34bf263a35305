import type { Catalogue } from '../catalogue';

/** A rule file, as Prometheus reads it and as the spec of a PrometheusRule holds it. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly Rule[];
}

export type Rule =
  | {
      readonly record: string;
      readonly expr: string;
      readonly labels?: Readonly<Record<string, string>>;
    }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for: string;
      readonly keep_firing_for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

/** `alert_rules.yml` */
export function alertRules({ alerts }: Catalogue): RuleFile {
  return {
    groups: alerts.map((group) => ({
      name: group.name,
      rules: group.alerts.map((alert) => ({
        alert: alert.name,
        expr: alert.expr,
        for: alert.for,
        ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
        labels: alert.labels,
        annotations: alert.annotations,
      })),
    })),
  };
}

/** `recording_rules.yml` */
export function recordingRules({ recordings }: Catalogue): RuleFile {
  return {
    groups: recordings.map((group) => ({
      name: group.name,
      ...(group.interval && { interval: group.interval }),
      rules: group.recordings.map(({ name, expr, staticLabels }) => ({
        record: name,
        expr,
        ...(staticLabels && { labels: staticLabels }),
      })),
    })),
  };
}
