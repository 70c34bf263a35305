import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { recommendedLabels, type Component } from './component';

/** One side of a connection that is not a component of ours. */
export type Outside =
  /** Kubernetes' own API; which address it has differs from cluster to cluster. */
  | { readonly outside: 'api-server' }
  /** Ports that nodes themselves listen on: kubelets, exporters on the host network. */
  | { readonly outside: 'nodes' }
  /** Anything outside the cluster, such as a mail server, or anybody, such as users: they come by the ingress. */
  | { readonly outside: 'world' }
  /** Pods of somebody else in this cluster. */
  | ({ readonly outside: 'pods' } & PodsOfOthers);

/** Pods that are not ours, by where they run and by labels that they have. */
export interface PodsOfOthers {
  readonly namespace: string;
  /** All that they have in common; none means every pod of the namespace. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Addresses, as CIDR blocks: what runs on the network of its node is known to no policy by its labels. */
export interface Addresses {
  readonly addresses: readonly string[];
}

export type Peer = Component | Outside;

export type Protocol = 'TCP' | 'UDP';

/** A connection that exists: somebody opens it to ports of somebody. */
export interface Flow {
  readonly from: Peer;
  readonly to: Peer;
  /** Ports of `to`, as numbers. */
  readonly ports: readonly number[];
  /** @default TCP */
  readonly protocol?: Protocol;
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** A server of names: who it is, and the port at which it listens itself, whatever that of its Service. */
export type NameServer = (PodsOfOthers | Addresses) & {
  /** @default 53 */
  readonly port?: number;
};

/** Servers of names as they come with clusters. */
export const nameServers = {
  /** CoreDNS, which most clusters have. */
  coreDns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  /** NodeLocal DNSCache at its usual address, on the network of every node. */
  nodeLocal: { addresses: ['169.254.20.10/32'] },
  openShift: {
    namespace: 'openshift-dns',
    labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
    port: 5353,
  },
} as const satisfies Record<string, NameServer>;

/** What policies have to know about the cluster that they are for. */
export interface NetworkSettings {
  /**
   * Ports of the API server as pods see it: that of its Service, and that behind it, since most networks hold policies
   * against the latter. @default - 443, and 6443, where kubeadm, kind and k3s have it listen
   */
  readonly apiServerPorts?: readonly number[];
  /** Whom pods ask for addresses. @default - CoreDNS, and NodeLocal DNSCache at its usual address */
  readonly nameServers?: readonly NameServer[];
  /**
   * Who passes on what comes from outside. It alone may reach nginx and Grafana then, and the pages of Prometheus and
   * Alertmanager too, which ask nobody who they are: that is for the ingress to do.
   * @default - anybody reaches nginx and Grafana, and nobody the other two
   */
  readonly ingress?: PodsOfOthers | Addresses;
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

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: NetworkSettings = {},
  ) {
    super(scope, id);
    for (const field of ['apiServerPorts', 'nameServers'] as const) {
      if (settings[field]?.length === 0) {
        throw new Error(
          `network.${field} is empty, which cuts every pod off: leave it out, or name at least one`,
        );
      }
    }
  }

  /** The API server as seen by a pod. */
  get apiServerPorts(): readonly number[] {
    return this.settings.apiServerPorts ?? [443, 6443];
  }

  /** Every flow, in the order in which it was allowed. */
  get flows(): readonly Flow[] {
    return this.known;
  }

  /** Closes a namespace: nothing in, nothing out, except questions to the cluster's name server. */
  close(namespace: string): void {
    const servers: readonly NameServer[] = this.settings.nameServers ?? [
      nameServers.coreDns,
      nameServers.nodeLocal,
    ];
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
        egress: servers.map((server) => ({
          to: peersAt(server),
          ports: (['UDP', 'TCP'] as const).map((protocol) => ({ port: server.port ?? 53, protocol })),
        })),
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
      ...(ingress.length > 0 && {
        ingress: unique(ingress.map((flow) => rule('from', this.comers(flow.from), flow))),
      }),
      ...(egress.length > 0 && { egress: unique(egress.map((flow) => rule('to', peersOf(flow.to), flow))) }),
    };
  }

  /** The peers that may come: what is outside comes by the ingress, where there is one. */
  private comers(peer: Peer): readonly object[] | undefined {
    const { ingress } = this.settings;
    return isOutside(peer) && peer.outside === 'world' && ingress ? peersAt(ingress) : peersOf(peer);
  }
}

function same(peer: Peer, component: Component): boolean {
  return !isOutside(peer) && peer.name === component.name && peer.namespace === component.namespace;
}

/** A peer as a policy writes it; undefined where it can have any address, and only the ports can be held. */
function peersOf(peer: Peer): readonly object[] | undefined {
  if (!isOutside(peer)) return peersAt({ namespace: peer.namespace, labels: peer.selector });
  return peer.outside === 'pods' ? peersAt(peer) : undefined;
}

function peersAt(place: PodsOfOthers | Addresses): readonly object[] {
  if ('addresses' in place) return place.addresses.map((cidr) => ({ ipBlock: { cidr } }));
  return [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': place.namespace } },
      podSelector: { matchLabels: place.labels },
    },
  ];
}

function rule(side: 'from' | 'to', peers: readonly object[] | undefined, { ports, protocol = 'TCP' }: Flow) {
  return { ...(peers && { [side]: peers }), ports: ports.map((port) => ({ port, protocol })) };
}

/** Two purposes may take the same way. */
function unique<Rule extends object>(rules: readonly Rule[]): readonly Rule[] {
  return [...new Map(rules.map((one) => [JSON.stringify(one), one])).values()];
}
