import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { recommendedLabels, type Component } from './component';

/** One side of a connection that is not a component of ours. */
export type Outside =
  /** Kubernetes' own API; which address it has differs from cluster to cluster. */
  | { readonly outside: 'api-server' }
  /** Ports that nodes themselves listen on: kubelets, exporters on the host network. */
  | { readonly outside: 'nodes' }
  /** Anything outside the cluster, such as a mail server, or anybody, such as users. */
  | { readonly outside: 'world' };

export type Peer = Component | Outside;

/** A connection that exists: somebody opens it to ports of somebody. */
export interface Flow {
  readonly from: Peer;
  readonly to: Peer;
  /** Ports of `to`, as numbers. */
  readonly ports: readonly number[];
  /** What it is for, in a few words. */
  readonly purpose: string;
}

export function isOutside(peer: Peer): peer is Outside {
  return 'outside' in peer;
}

/**
 * Who may talk to whom. Namespaces start with nothing allowed but name resolution; each flow opens exactly itself,
 * on both sides. Whatever adds a component adds the flows it needs in the same breath.
 */
export class NetworkFlows extends Construct {
  private readonly known: Flow[] = [];
  private readonly policies = new Map<string, Component>();

  /** Every flow, in the order in which it was allowed. */
  get flows(): readonly Flow[] {
    return this.known;
  }

  /** Closes a namespace: nothing in, nothing out, except questions to the cluster's name server. */
  close(namespace: string): void {
    const metadata = (name: string) => ({
      name,
      namespace,
      labels: recommendedLabels({ name, component: 'network-policy' }),
    });
    new ApiObject(this, `${namespace}-default-deny`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata('default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    new ApiObject(this, `${namespace}-name-resolution`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata('name-resolution'),
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              },
            ],
            ports: [
              { port: 53, protocol: 'UDP' },
              { port: 53, protocol: 'TCP' },
            ],
          },
        ],
      },
    });
  }

  /** @throws {Error} when a flow names no port, or a port that its target does not have. */
  allow(flow: Flow): void {
    const { to, ports, purpose } = flow;
    if (ports.length === 0) throw new Error(`flow "${purpose}" opens no port`);
    if (!isOutside(to)) {
      const strangers = ports.filter((port) => !Object.values(to.ports).includes(port));
      if (strangers.length > 0) {
        throw new Error(
          `flow "${purpose}" opens port ${strangers.join(', ')} of ${to.namespace}/${to.name}, which listens on ${Object.values(to.ports).join(', ')}`,
        );
      }
    }
    this.known.push(flow);
    for (const peer of [flow.from, to]) if (!isOutside(peer)) this.policyOf(peer);
  }

  private policyOf(component: Component): void {
    const key = `${component.namespace}/${component.name}`;
    if (this.policies.has(key)) return;
    this.policies.set(key, component);
    new ApiObject(this, key.replace('/', '-'), {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: component.name,
        namespace: component.namespace,
        labels: recommendedLabels({ name: component.name, component: 'network-policy' }),
      },
      // Flows are added until the last construct stands.
      spec: Lazy.any({ produce: () => this.policySpec(component) }) as unknown,
    });
  }

  private policySpec(component: Component) {
    const ingress = this.known.filter(({ to }) => same(to, component));
    const egress = this.known.filter(({ from }) => same(from, component));
    return {
      podSelector: { matchLabels: component.selector },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length > 0 && { ingress: ingress.map((flow) => rule('from', flow.from, flow.ports)) }),
      ...(egress.length > 0 && { egress: egress.map((flow) => rule('to', flow.to, flow.ports)) }),
    };
  }
}

function same(peer: Peer, component: Component): boolean {
  return !isOutside(peer) && peer.name === component.name && peer.namespace === component.namespace;
}

function rule(side: 'from' | 'to', peer: Peer, ports: readonly number[]) {
  return {
    // Without peers a rule means any address; the ports still hold.
    ...(!isOutside(peer) && {
      [side]: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
          podSelector: { matchLabels: peer.selector },
        },
      ],
    }),
    ports: ports.map((port) => ({ port, protocol: 'TCP' })),
  };
}

/** The API server as seen by a pod: its service, and the port behind it, since policies see the latter. */
export const apiServerPorts: readonly number[] = [443, 6443];
