import { App } from 'cdk8s';
import { ChatRoomCharts } from '../../constructs/chatroom-charts';
import { problemsOf } from '../../constructs/checks';
import { ofKind, type Manifest, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import type { ClusterEnvironment } from '../../constructs/environment';
import { dev } from '../../constructs/environments/dev';
import { production } from '../../constructs/environments/production';
import { only } from './objects';

function objectsIn(environment: ClusterEnvironment): readonly Manifest[] {
  const app = new App();
  new ChatRoomCharts(app, environment);
  return app.charts.flatMap((chart) => chart.toJson() as Manifest[]);
}

const inDev = objectsIn(dev);
const inProduction = objectsIn(production);

interface PrometheusSpec {
  readonly replicas: number;
  readonly shards: number;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly remoteWrite?: readonly { readonly url: string; readonly authorization?: unknown }[];
}

describe('production', () => {
  it('survives the loss of any one pod', () => {
    for (const [kind, replicas] of [
      ['Prometheus', 2],
      ['Alertmanager', 3],
    ] as const) {
      expect(only(inProduction, kind).spec).toMatchObject({
        replicas,
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
          },
        },
        storage: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } },
      });
    }
    const guarded = ofKind(inProduction, 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(guarded.sort()).toEqual([
      'alertmanager',
      'chatroom-server',
      'chatroom-webhook',
      'nginx',
      'prometheus',
    ]);
  });

  it('runs no database, and lets the chat room out to the one it is given', () => {
    expect(ofKind(inProduction, 'StatefulSet')).toEqual([]);
    const { containers } = only<WorkloadSpec>(inProduction, 'Deployment', 'chatroom-server').spec.template
      .spec;
    const [server] = containers as (PodSpec['containers'][number] & {
      env: { name: string; value?: string }[];
    })[];
    expect(server?.env.find(({ name }) => name === 'CHATROOM_DATABASE_URL')?.value).toBe(
      'postgres://chatroom:$(DATABASE_PASSWORD)@postgresql.chatroom.example.com:5432/chatroom',
    );
    expect(only(inProduction, 'NetworkPolicy', 'chatroom-server').spec).toMatchObject({
      egress: [{ ports: [{ port: 5432 }] }, { ports: [{ port: 6379 }] }],
    });
  });

  it('gives people time to leave before a chat server goes', () => {
    const pod = only<WorkloadSpec>(inProduction, 'Deployment', 'chatroom-server').spec.template
      .spec as PodSpec & {
      readonly terminationGracePeriodSeconds: number;
    };
    const [server] = pod.containers as (PodSpec['containers'][number] & {
      lifecycle: unknown;
      env: { name: string; value?: string }[];
    })[];
    const drain = Number(server?.env.find(({ name }) => name === 'CHATROOM_DRAIN_SECONDS')?.value);
    expect(drain).toBe(60);
    expect(server?.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(5 + drain);
  });

  it('counts pods only where told to, and may see no other namespace', () => {
    const [container] = only<WorkloadSpec>(inProduction, 'Deployment', 'kube-state-metrics').spec.template
      .spec.containers as (PodSpec['containers'][number] & { args: string[] })[];
    expect(container?.args).toContain('--namespaces=chatroom,monitoring,node-exporter');
    expect(ofKind(inDev, 'Deployment').map(({ metadata }) => metadata.name)).not.toContain(
      'kube-state-metrics',
    );
    const roles = ofKind(inProduction, 'ClusterRole').map(({ metadata }) => metadata.name);
    expect(roles.sort()).toEqual([
      'monitoring-prometheus-kubelet',
      'monitoring-prometheus-kubernetes-apiservers',
    ]);
  });
});

describe("an environment of one's own", () => {
  it('is sharded by one number and writes elsewhere by one field', () => {
    const objects = objectsIn({
      ...production,
      monitoring: {
        ...production.monitoring,
        name: 'staging',
        externalLabels: { cluster: 'staging', environment: 'staging' },
      },
      prometheus: {
        ...production.prometheus,
        shards: 3,
        remoteWrite: {
          url: 'https://metrics.example.com/write',
          bearerToken: { secret: 'remote-write', key: 'token' },
        },
      },
    });
    expect(problemsOf(objects)).toEqual([]);
    const { spec } = only<PrometheusSpec>(objects, 'Prometheus');
    expect([spec.replicas, spec.shards]).toEqual([2, 3]);
    expect(spec.externalLabels).toEqual({ cluster: 'staging', environment: 'staging' });
    expect(spec.remoteWrite).toEqual([
      {
        url: 'https://metrics.example.com/write',
        authorization: { credentials: { name: 'remote-write', key: 'token' } },
      },
    ]);
    const egress = (only(objects, 'NetworkPolicy', 'prometheus').spec as { egress: unknown[] }).egress;
    expect(egress).toContainEqual({ ports: [{ port: 443, protocol: 'TCP' }] });
  });

  it('stops before anything is written when a value cannot be', () => {
    const wrong = {
      ...production,
      prometheus: { ...production.prometheus, retention: '2 weeks' as '2w' },
    };
    expect(() => objectsIn(wrong)).toThrow(
      /Prometheus monitoring\/chatroom is not valid:\n {2}- spec\.retention = "2 weeks": must match/,
    );
  });

  it('leaves a job out with everything that was there for it', () => {
    const { targets } = production.monitoring;
    const objects = objectsIn({
      ...production,
      monitoring: { ...production.monitoring, targets: { ...targets, 'kubernetes-apiservers': false } },
    });
    const jobs = ofKind(objects, 'ScrapeConfig').map(({ metadata }) => metadata.name);
    expect(jobs).toEqual(['kubelet']);
    expect(ofKind(objects, 'ClusterRole').map(({ metadata }) => metadata.name)).toEqual([
      'monitoring-prometheus-kubelet',
    ]);
    expect(JSON.stringify(ofKind(objects, 'PrometheusRule'))).not.toContain('KubernetesApiserverDown');
  });
});

describe('development', () => {
  it("disturbs nobody: mails, Slack and the dead man's switch stay in the cluster", () => {
    const { egress } = only(inDev, 'NetworkPolicy', 'alertmanager').spec as {
      egress: { to?: unknown[] }[];
    };
    expect(egress.length).toBeGreaterThan(2);
    expect(egress.filter(({ to }) => to === undefined)).toEqual([]);
  });

  it('fits a laptop', () => {
    const memory = [...ofKind<WorkloadSpec>(inDev, 'Deployment', 'StatefulSet', 'DaemonSet')]
      .flatMap(({ spec }) => spec.template.spec.containers)
      .map((container) => (container as unknown as { resources: { requests: { memory: string } } }).resources)
      .map(({ requests }) => Number.parseInt(requests.memory, 10));
    const operated = ['Prometheus', 'Alertmanager'].map((kind) =>
      Number.parseInt(
        (only(inDev, kind).spec as { resources: { requests: { memory: string } } }).resources.requests.memory,
        10,
      ),
    );
    expect([...memory, ...operated].reduce((sum, one) => sum + one, 0)).toBeLessThan(3_000);
  });
});
