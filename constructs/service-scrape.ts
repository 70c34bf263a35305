import { Construct } from 'constructs';
import { ServiceMonitor } from '../imports/monitoring.coreos.com';
import type { Duration } from '../monitoring/model/duration';
import { recommendedLabels, selectorLabels } from './component';

/** The label by which a Prometheus of ours finds what it is to read and to evaluate. */
export function selectedBy(prometheus: string): Record<string, string> {
  return { prometheus };
}

/** Name of the Prometheus of this project. */
export const prometheusName = 'chatroom';

export interface ServiceScrapeProps {
  /** The job: the name of the Service, which its label `app.kubernetes.io/name` repeats. */
  readonly job: string;
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of the Service's port. */
  readonly port: string;
  /** @default /metrics */
  readonly path?: string;
  /** @default - as Prometheus does by default */
  readonly interval?: Duration;
  /** @default - as Prometheus does by default */
  readonly timeout?: Duration;
  /** Keeps the namespace and pod that a sample names, instead of those it was read from. @default false */
  readonly honorLabels?: boolean;
  /** Labels that exactly this Service has. @default - those of a service of this project */
  readonly selector?: Readonly<Record<string, string>>;
  /** Name of the Prometheus that is to read it. @default chatroom */
  readonly prometheus?: string;
}

/** Has the pods behind a Service read by Prometheus, under the Service's name as job. */
export class ServiceScrape extends Construct {
  constructor(scope: Construct, id: string, props: ServiceScrapeProps) {
    super(scope, id);
    new ServiceMonitor(this, 'monitor', {
      metadata: {
        name: props.job,
        namespace: props.namespace,
        labels: {
          ...recommendedLabels({ name: props.job, component: 'scrape' }),
          ...selectedBy(props.prometheus ?? prometheusName),
        },
      },
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        selector: { matchLabels: { ...(props.selector ?? selectorLabels(props.job)) } },
        endpoints: [
          {
            port: props.port,
            ...(props.honorLabels && { honorLabels: true }),
            ...(props.path && { path: props.path }),
            ...(props.interval && { interval: props.interval }),
            ...(props.timeout && { scrapeTimeout: props.timeout }),
            // By the node an alert about a target is muted by one about the node it runs on.
            relabelings: [
              {
                // The definition would fill it in: a field more than we wrote, in a list that is ours.
                action: 'replace',
                sourceLabels: ['__meta_kubernetes_pod_node_name'],
                targetLabel: 'node',
              },
            ],
          },
        ],
      },
    });
  }
}
