import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Access } from './access';
import { recommendedLabels } from './component';
import { namespaces } from './environment';
import { discoveryAccess } from './prometheus';
import { prometheusName } from './service-scrape';

export interface OpenToPrometheusProps {
  /** A namespace that is not ours. */
  readonly namespace: string;
  /** Port of the pods that is read. */
  readonly port: number;
}

/**
 * Lets the Prometheus of this project look for targets in somebody else's namespace, and out of its own to read them.
 * Whoever closes that namespace to the inside opens it to `monitoring` there.
 */
export class OpenToPrometheus extends Construct {
  constructor(scope: Construct, id: string, { namespace, port }: OpenToPrometheusProps) {
    super(scope, id);
    new Access(this, 'discovery', {
      account: { name: 'prometheus', namespace: namespaces.monitoring },
      namespaced: { namespaces: [namespace], rules: discoveryAccess },
    });
    const name = `prometheus-to-${namespace}`;
    new ApiObject(this, 'egress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name,
        namespace: namespaces.monitoring,
        labels: recommendedLabels({ name, component: 'network-policy' }),
      },
      spec: {
        podSelector: {
          matchLabels: {
            'app.kubernetes.io/name': 'prometheus',
            'app.kubernetes.io/instance': prometheusName,
          },
        },
        policyTypes: ['Egress'],
        egress: [
          {
            to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
            ports: [{ port, protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}
