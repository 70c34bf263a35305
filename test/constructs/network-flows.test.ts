import { dev } from '../../constructs/environments/dev';
import { production } from '../../constructs/environments/production';
import { ChatRoomCharts } from '../../constructs/chatroom-charts';
import {
  isOutside,
  nameServers,
  NetworkFlows,
  type NetworkSettings,
  type Peer,
} from '../../constructs/network-flows';
import type { Manifest } from '../../constructs/checks/manifest';
import type { Component } from '../../constructs/component';
import { App } from 'cdk8s';
import { objectsOf, only } from './objects';

const component = (name: string, ports: Record<string, number>): Component => ({
  name,
  namespace: 'here',
  selector: { app: name },
  ports,
});
const resolution = (objects: readonly Manifest[]) =>
  only<{ egress: unknown }>(objects, 'NetworkPolicy', 'name-resolution').spec.egress;
const front = component('front', { http: 80 });
const back = component('back', { http: 8000, metrics: 9000 });

describe('network flows', () => {
  it('close a namespace to everything but name resolution', () => {
    const objects = objectsOf((scope) => new NetworkFlows(scope, 'flows').close('here'));
    expect(only(objects, 'NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const ports = (port: number) => ['UDP', 'TCP'].map((protocol) => ({ port, protocol }));
    const coreDns = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    };
    expect(resolution(objects)).toEqual([
      { to: [coreDns], ports: ports(53) },
      // On the network of its node, where no policy knows it by its labels.
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: ports(53) },
    ]);
  });

  it('let names be asked of those whom the cluster has, at the port at which they listen', () => {
    const servers = [nameServers.openShift, { addresses: ['10.96.0.10/32'] }];
    const objects = objectsOf((scope) =>
      new NetworkFlows(scope, 'flows', { nameServers: servers }).close('here'),
    );
    expect(resolution(objects)).toMatchObject([
      {
        to: [{ podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } } }],
        ports: [{ port: 5353 }, { port: 5353 }],
      },
      { to: [{ ipBlock: { cidr: '10.96.0.10/32' } }], ports: [{ port: 53 }, { port: 53 }] },
    ]);
  });

  it.each([{ nameServers: [] }, { apiServerPorts: [] }] as NetworkSettings[])(
    'refuse settings that cut everything off: %j',
    (settings) => {
      const [field] = Object.keys(settings);
      objectsOf((scope) => {
        expect(() => new NetworkFlows(scope, 'flows', settings)).toThrow(
          `network.${field} is empty, which cuts every pod off`,
        );
      });
    },
  );

  it.each([
    ['pods', { namespace: 'edge', labels: { app: 'proxy' } }],
    ['addresses', { addresses: ['192.0.2.0/24'] }],
  ])('let in from outside only what comes by the ingress, known by its %s', (_, ingress) => {
    const objects = objectsOf((scope) => {
      const flows = new NetworkFlows(scope, 'flows', { ingress });
      flows.allow({ from: { outside: 'world' }, to: front, ports: [80], purpose: 'people' });
      flows.allow({ from: front, to: { outside: 'world' }, ports: [443], purpose: 'mails' });
    });
    const by =
      'addresses' in ingress
        ? { ipBlock: { cidr: '192.0.2.0/24' } }
        : {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
            podSelector: { matchLabels: { app: 'proxy' } },
          };
    expect(only(objects, 'NetworkPolicy', 'front').spec).toMatchObject({
      ingress: [{ from: [by], ports: [{ port: 80 }] }],
      // What is sent out is no business of whoever lets in.
      egress: [{ ports: [{ port: 443, protocol: 'TCP' }] }],
    });
  });

  it('open the same way once, whatever it is for, and by the protocol that is named', () => {
    const objects = objectsOf((scope) => {
      const flows = new NetworkFlows(scope, 'flows');
      flows.allow({ from: front, to: back, ports: [9000], purpose: 'metrics' });
      flows.allow({ from: front, to: back, ports: [9000], purpose: 'more metrics' });
      flows.allow({ from: front, to: back, ports: [9000], protocol: 'UDP', purpose: 'gossip' });
    });
    for (const [name, side] of [
      ['front', 'egress'],
      ['back', 'ingress'],
    ] as const) {
      const { spec } = only<Record<string, { ports: object[] }[]>>(objects, 'NetworkPolicy', name);
      expect(spec[side]?.flatMap(({ ports }) => ports)).toEqual([
        { port: 9000, protocol: 'TCP' },
        { port: 9000, protocol: 'UDP' },
      ]);
    }
  });

  it('open a connection on both of its sides, and only at its port', () => {
    const objects = objectsOf((scope) => {
      new NetworkFlows(scope, 'flows').allow({ from: front, to: back, ports: [8000], purpose: 'requests' });
    });
    const peer = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'here' } },
      podSelector: { matchLabels: { app: name } },
    });
    expect(only(objects, 'NetworkPolicy', 'front').spec).toEqual({
      podSelector: { matchLabels: { app: 'front' } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to: [peer('back')], ports: [{ port: 8000, protocol: 'TCP' }] }],
    });
    expect(only(objects, 'NetworkPolicy', 'back').spec).toEqual({
      podSelector: { matchLabels: { app: 'back' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [peer('front')], ports: [{ port: 8000, protocol: 'TCP' }] }],
    });
  });

  it('refuse a port on which the other side does not listen', () => {
    objectsOf((scope) => {
      const flows = new NetworkFlows(scope, 'flows');
      expect(() => flows.allow({ from: front, to: back, ports: [81], purpose: 'requests' })).toThrow(
        'flow "requests" opens port 81 of here/back, which listens on 8000, 9000',
      );
    });
  });
});

describe.each([dev, production].map((environment) => [environment.monitoring.name, environment] as const))(
  'the flows of %s',
  (_, environment) => {
    const { flows, catalogue } = new ChatRoomCharts(new App(), environment);
    const name = (peer: Peer) => (isOutside(peer) ? `(${peer.outside})` : peer.name);
    const lines = flows.flows.map(
      ({ from, to, ports, protocol }) =>
        `${name(from)} -> ${name(to)}:${ports.join(',')}${protocol === 'UDP' ? ' by UDP' : ''}`,
    );

    it('let Prometheus reach every job of the model at its port', () => {
      for (const job of catalogue.jobs.filter(({ discovery }) => discovery === 'static')) {
        expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^prometheus -> .+:${job.port}$`)));
      }
    });

    it('let alerts, questions and notifications through', () => {
      expect(lines).toEqual(
        expect.arrayContaining([
          'prometheus -> alertmanager:9093',
          `prometheus -> (api-server):${flows.apiServerPorts.join(',')}`,
          'grafana -> prometheus:9090',
          'alertmanager -> chatroom-webhook:8080',
          'nginx -> chatroom-server:8000',
        ]),
      );
    });

    it('let nobody from outside reach anything but the gateway, the boards, the mails of development and, by an ingress, what links in notifications lead to', () => {
      const doors = lines.filter((line) => line.startsWith('(world)')).sort();
      const mails = environment.notificationSink ? ['(world) -> mail-catcher:8025'] : [];
      const links = environment.network?.ingress
        ? ['(world) -> prometheus:9090', '(world) -> alertmanager:9093']
        : [];
      expect(doors).toEqual(['(world) -> grafana:3000', ...mails, ...links, '(world) -> nginx:8080'].sort());
    });

    it('let several Alertmanagers tell each other what they have told, in long messages and in short ones', () => {
      const gossip = lines.filter((line) => line.startsWith('alertmanager -> alertmanager'));
      expect(gossip).toEqual(
        environment.alertmanager.replicas > 1
          ? ['alertmanager -> alertmanager:9094', 'alertmanager -> alertmanager:9094 by UDP']
          : [],
      );
    });
  },
);

describe('the ports of the API server', () => {
  const portsIn = (environment: typeof dev) =>
    new ChatRoomCharts(new App(), environment).flows.flows
      .filter(({ to }) => isOutside(to) && to.outside === 'api-server')
      .map(({ ports }) => ports);

  it('are those of kubeadm, and in development also that of minikube', () => {
    // Prometheus finds its targets there, the sidecar of Grafana its boards, and kube-state-metrics what it counts.
    expect(portsIn(dev)).toEqual(Array(2).fill([443, 6443, 8443]));
    expect(portsIn(production)).toEqual(Array(3).fill([443, 6443]));
  });

  it('are whatever an environment says', () => {
    expect(portsIn({ ...production, network: { apiServerPorts: [16443] } })).toEqual(Array(3).fill([16443]));
  });
});
