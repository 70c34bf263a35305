import { App } from 'cdk8s';
import { ChatRoomCharts } from '../../constructs/chatroom-charts';
import { problemsOf } from '../../constructs/checks';
import { ofKind, type Manifest, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import type { ClusterEnvironment } from '../../constructs/environment';
import { dev } from '../../constructs/environments/dev';
import { production } from '../../constructs/environments/production';
import { requiredSecrets } from '../../constructs/secrets';
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
  readonly ruleSelector?: unknown;
  readonly affinity?: unknown;
  readonly remoteRead?: readonly { readonly url: string }[];
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
    expect(only(inProduction, 'NetworkPolicy', 'chatroom-server').spec).toMatchObject({
      egress: [{ ports: [{ port: 5432 }] }, { ports: [{ port: 6379 }] }],
    });
  });

  it('speaks to the stores of somebody else only encrypted, and only where they prove their names', () => {
    const database = 'postgresql.chatroom.example.com:5432';
    for (const name of ['chatroom-server', 'chatroom-webhook']) {
      expect(environmentOf(inProduction, name)).toMatchObject({
        CHATROOM_DATABASE_URL: `postgresql://chatroom:$(DATABASE_PASSWORD)@${database}/chatroom?sslmode=verify-full`,
        CHATROOM_REDIS_URL: 'rediss://:$(REDIS_PASSWORD)@redis.chatroom.example.com:6379',
      });
    }
    expect(environmentOf(inProduction, 'postgres-exporter')['DATA_SOURCE_NAME']).toBe(
      `postgresql://postgres_exporter:$(PASSWORD)@${database}/postgres?sslmode=verify-full`,
    );
    expect(environmentOf(inProduction, 'redis-exporter')['REDIS_ADDR']).toMatch(/^rediss:/);
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

  it('keeps of what cAdvisor says of a node the containers of its own namespaces', () => {
    const { spec } = only(inProduction, 'ScrapeConfig', 'cadvisor') as { readonly spec: object };
    expect(spec).toMatchObject({
      metricsPath: '/metrics/cadvisor',
      kubernetesSDConfigs: [{ role: 'Node' }],
      metricRelabelings: [
        { action: 'keep', sourceLabels: ['namespace'], regex: 'chatroom|monitoring|node-exporter' },
      ],
    });
    expect(ofKind(inDev, 'ScrapeConfig').map(({ metadata }) => metadata.name)).toEqual([
      'kubernetes-apiservers',
    ]);
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
      'monitoring-kube-state-metrics',
      'monitoring-prometheus-cadvisor',
      'monitoring-prometheus-kubelet',
      'monitoring-prometheus-kubernetes-apiservers',
    ]);
  });
});

/** The variables of the first container of a Deployment that are text. */
function environmentOf(objects: readonly Manifest[], name: string): Readonly<Record<string, string>> {
  const [container] = only<WorkloadSpec>(objects, 'Deployment', name).spec.template.spec.containers;
  const { env } = container as unknown as { env: readonly { name: string; value?: string }[] };
  return Object.fromEntries(env.flatMap((one) => (one.value === undefined ? [] : [[one.name, one.value]])));
}

describe("an environment of one's own", () => {
  it('is sharded by one number and writes elsewhere by one field', () => {
    const own: ClusterEnvironment = {
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
    };
    const objects = objectsIn(own);
    expect(requiredSecrets(own)).toContainEqual(
      expect.objectContaining({ namespace: 'monitoring', secret: 'remote-write', key: 'token', given: true }),
    );
    expect(requiredSecrets(production).map(({ secret }) => secret)).not.toContain('remote-write');
    expect(problemsOf(objects)).toEqual([]);
    const { spec } = only<PrometheusSpec>(objects, 'Prometheus', 'chatroom');
    expect([spec.replicas, spec.shards]).toEqual([2, 3]);
    for (const name of ['chatroom', 'chatroom-global']) {
      const { spec } = only<PrometheusSpec>(objects, 'Prometheus', name);
      expect(spec.externalLabels).toEqual({ cluster: 'staging', environment: 'staging' });
      expect(spec.remoteWrite).toEqual([
        {
          url: 'https://metrics.example.com/write',
          authorization: { credentials: { name: 'remote-write', key: 'token' } },
          writeRelabelConfigs: [
            { action: 'replace', targetLabel: 'prometheus_replica', replacement: '$(POD_NAME)' },
          ],
        },
      ]);
    }
    for (const name of ['prometheus', 'prometheus-global']) {
      const egress = (only(objects, 'NetworkPolicy', name).spec as { egress: unknown[] }).egress;
      expect(egress).toContainEqual({ ports: [{ port: 443, protocol: 'TCP' }] });
    }
  });

  it('leaves rules to what sees every part, and people and boards with it', () => {
    const objects = objectsIn({ ...production, prometheus: { ...production.prometheus, shards: 2 } });
    const parts = only<PrometheusSpec>(objects, 'Prometheus', 'chatroom').spec;
    const everything = only<PrometheusSpec>(objects, 'Prometheus', 'chatroom-global').spec;
    expect(parts).not.toHaveProperty('ruleSelector');
    expect(everything.ruleSelector).toEqual({ matchLabels: { prometheus: 'chatroom' } });
    expect(everything.remoteRead?.map(({ url }) => url)).toEqual([
      'http://prometheus-shard-0.monitoring.svc:9090/api/v1/read',
      'http://prometheus-shard-1.monitoring.svc:9090/api/v1/read',
    ]);
    const selectorOf = (name: string) =>
      only<{ selector: Record<string, string> }>(objects, 'Service', name).spec.selector;
    expect(selectorOf('prometheus')).toMatchObject({ 'app.kubernetes.io/instance': 'chatroom-global' });
    expect(selectorOf('prometheus-shard-1')).toMatchObject({
      'app.kubernetes.io/instance': 'chatroom',
      'operator.prometheus.io/shard': '1',
    });
    // Of one part no two share a node; of two parts they may.
    expect(JSON.stringify(parts.affinity)).toContain('"matchLabelKeys":["operator.prometheus.io/shard"]');
    const monitors = ofKind(objects, 'ServiceMonitor').map(({ metadata }) => [
      metadata.name,
      metadata.labels?.['prometheus'],
    ]);
    const ofThoseWhoWatch = monitors.filter(([, reader]) => reader === 'chatroom-global');
    expect(ofThoseWhoWatch.map(([name]) => name)).toEqual(['prometheus', 'alertmanager']);
    expect(monitors.length).toBeGreaterThan(8);
    const guarded = ofKind(objects, 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(guarded).toEqual(expect.arrayContaining(['prometheus', 'prometheus-global']));
  });

  it.each([0, 1.5, -1])('cannot be split into %s parts', (shards) => {
    const wrong = { ...production, prometheus: { ...production.prometheus, shards } };
    expect(() => objectsIn(wrong)).toThrow(
      `prometheus.shards is ${shards}: write a whole number of parts, 1 for a single one`,
    );
  });

  it('keeps what it knows on volumes of the class that it names', () => {
    const objects = objectsIn({
      ...production,
      prometheus: { ...production.prometheus, storageClass: 'fast' },
      alertmanager: { ...production.alertmanager, storageClass: 'slow' },
    });
    for (const [kind, storageClassName] of [
      ['Prometheus', 'fast'],
      ['Alertmanager', 'slow'],
    ] as const) {
      expect(only(objects, kind).spec).toMatchObject({
        storage: { volumeClaimTemplate: { spec: { storageClassName } } },
        securityContext: { fsGroupChangePolicy: 'OnRootMismatch' },
      });
    }
    expect(JSON.stringify(inProduction)).not.toContain('storageClassName');
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

  it('knows stores by an authority of its own where it names one, and sees none of its other secrets', () => {
    const authority = { secret: 'authorities', key: 'ca.crt' };
    const own: ClusterEnvironment = {
      ...production,
      postgresql: { kind: 'external', host: 'db.example.com', tls: { authority } },
      redis: { kind: 'external', host: 'redis.example.com', port: 6380, tls: { authority } },
    };
    const objects = objectsIn(own);
    const file = '/etc/chatroom/authorities/authorities/ca.crt';
    for (const name of ['chatroom-server', 'chatroom-webhook']) {
      const { CHATROOM_DATABASE_URL, CHATROOM_REDIS_URL, NODE_EXTRA_CA_CERTS } = environmentOf(objects, name);
      expect(CHATROOM_DATABASE_URL).toMatch(`?sslmode=verify-full&sslrootcert=${file}`);
      expect(CHATROOM_REDIS_URL).toMatch(/^rediss:.+@redis\.example\.com:6380$/);
      expect(NODE_EXTRA_CA_CERTS).toBe(file);
    }
    expect(environmentOf(objects, 'redis-exporter')['REDIS_EXPORTER_TLS_CA_CERT_FILE']).toBe(file);
    for (const name of ['chatroom-server', 'chatroom-webhook', 'postgres-exporter', 'redis-exporter']) {
      const { containers, volumes } = only<WorkloadSpec>(objects, 'Deployment', name).spec.template.spec;
      expect(volumes).toContainEqual({
        name: 'authorities',
        secret: { secretName: 'authorities', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
      });
      expect(containers[0]).toMatchObject({
        volumeMounts: expect.arrayContaining([
          { name: 'authorities', mountPath: '/etc/chatroom/authorities/authorities', readOnly: true },
        ]) as unknown,
      });
    }
    expect(problemsOf(objects)).toEqual([]);
    expect(requiredSecrets(own)).toContainEqual(
      expect.objectContaining({ namespace: 'chatroom', ...authority, given: true }),
    );
  });

  it('speaks in the clear only where it says so, or where both ends are in the cluster', () => {
    const plain = objectsIn({ ...production, redis: { kind: 'external', host: 'mesh', tls: 'off' } });
    expect(environmentOf(plain, 'redis-exporter')['REDIS_ADDR']).toBe('redis://mesh:6379');
    expect(environmentOf(inDev, 'postgres-exporter')['DATA_SOURCE_NAME']).toMatch(/\?sslmode=disable$/);
  });

  it('leaves a job out with everything that was there for it', () => {
    const { targets } = production.monitoring;
    const objects = objectsIn({
      ...production,
      monitoring: { ...production.monitoring, targets: { ...targets, 'kubernetes-apiservers': false } },
    });
    const jobs = ofKind(objects, 'ScrapeConfig').map(({ metadata }) => metadata.name);
    expect(jobs).toEqual(['kubelet', 'cadvisor']);
    const roles = ofKind(objects, 'ClusterRole').map(({ metadata }) => metadata.name);
    expect(roles.sort()).toEqual([
      'monitoring-kube-state-metrics',
      'monitoring-prometheus-cadvisor',
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
      .flatMap(({ spec: { template } }) => [
        ...template.spec.containers,
        ...(template.spec.initContainers ?? []),
      ])
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
