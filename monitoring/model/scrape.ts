import type { Duration } from './duration';
import type { Metric } from './metric';
import type { Service } from './service';
import type { Text } from './text';

/** How Prometheus finds and reads the targets of one job. */
export interface Job<Name extends string = string> {
  readonly name: Name;
  /** What the alerts about this job's targets are called: `<title>Down`, `<title>Absent`. */
  readonly title: string;
  /** What people call one of its targets. */
  readonly noun: Text;
  /** Who must act when a target is gone. */
  readonly service: Service;
  /** How bad it is when a target is gone. */
  readonly severity: 'critical' | 'warning';
  readonly discovery: 'static' | 'kubernetes-apiservers' | 'kubernetes-nodes';
  /** The port its targets listen on where nothing else is said. */
  readonly port: number;
  /** @default /metrics */
  readonly path?: string;
  /** @default - the scrape interval of the environment */
  readonly interval?: Duration;
  /** @default - the interval, at most 10s */
  readonly timeout?: Duration;
  /** Whether labels of a sample, such as the pod it is about, win over those of the target. @default false */
  readonly honorLabels?: boolean;
  /**
   * Whether its targets speak of everything that runs on a node, and only samples of the environment's own namespaces
   * are kept. @default false
   */
  readonly ownNamespacesOnly?: boolean;
  /** The metrics of its targets that rules and panels may use. */
  readonly metrics: readonly Metric[];
}

export function job<const J extends Job>(props: J): J {
  return props;
}
