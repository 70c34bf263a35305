import { dev } from '../../constructs/environments/dev';
import { production } from '../../constructs/environments/production';
import { ChatRoomCharts } from '../../constructs/chatroom-charts';
import { isOutside, NetworkFlows, type Peer } from '../../constructs/network-flows';
import type { Component } from '../../constructs/component';
import { App } from 'cdk8s';
import { objectsOf, only } from './objects';

const component = (name: string, ports: Record<string, number>): Component => ({
  name,
  namespace: 'here',
  selector: { app: name },
  ports,
});
const front = component('front', { http: 80 });
const back = component('back', { http: 8000, metrics: 9000 });

describe('network flows', () => {
  it('close a namespace to everything but name resolution', () => {
    const objects = objectsOf((scope) => new NetworkFlows(scope, 'flows').close('here'));
    expect(only(objects, 'NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(only(objects, 'NetworkPolicy', 'name-resolution').spec).toMatchObject({
      policyTypes: ['Egress'],
      egress: [
        {
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    });
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
    const lines = flows.flows.map(({ from, to, ports }) => `${name(from)} -> ${name(to)}:${ports.join(',')}`);

    it('let Prometheus reach every job of the model at its port', () => {
      for (const job of catalogue.jobs.filter(({ discovery }) => discovery === 'static')) {
        expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^prometheus -> .+:${job.port}$`)));
      }
    });

    it('let alerts, questions and notifications through', () => {
      expect(lines).toEqual(
        expect.arrayContaining([
          'prometheus -> alertmanager:9093',
          'prometheus -> (api-server):443,6443',
          'grafana -> prometheus:9090',
          'alertmanager -> chatroom-webhook:8080',
          'nginx -> chatroom-server:8000',
        ]),
      );
    });

    it('let nobody from outside reach anything but the gateway, the boards and, in development, the mails', () => {
      const doors = lines.filter((line) => line.startsWith('(world)')).sort();
      const mails = environment.notificationSink ? ['(world) -> mail-catcher:8025'] : [];
      expect(doors).toEqual(['(world) -> grafana:3000', ...mails, '(world) -> nginx:8080'].sort());
    });
  },
);
