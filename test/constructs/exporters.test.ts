import { ofKind, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import { Exporter, exporterContainer } from '../../constructs/exporter';
import { exporterOf, exporters } from '../../constructs/exporters';
import { imageVersion } from '../../constructs/images';
import { KubeStateMetrics } from '../../constructs/kube-state-metrics';
import { NetworkFlows } from '../../constructs/network-flows';
import { NodeExporter } from '../../constructs/node-exporter';
import { jobs } from '../../monitoring/jobs';
import type { Metric } from '../../monitoring/model/metric';
import { objectsOf, only } from './objects';

const password = { secret: 'postgresql', key: 'exporter-password' };

describe('the list of exporters', () => {
  it.each(exporters)('has $job listen where its job reads, at a pinned version', ({ job, port, image }) => {
    expect(jobs.find(({ name }) => name === job)?.port).toBe(port);
    expect(imageVersion(image)).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('names the remedy for a job that none of them answers', () => {
    expect(() => exporterOf('nobody' as never)).toThrow(
      'no exporter is read by job nobody: add it to constructs/exporters.ts',
    );
  });
});

/** What the pinned releases collect only when they are asked to, by the beginnings of the metrics that come of it. */
const offByDefault = {
  'postgres-exporter': [
    'database_wraparound',
    'long_running_transactions',
    'postmaster',
    'process_idle',
    'stat_activity_autovacuum',
    'stat_checkpointer',
    'stat_statements',
    'stat_wal_receiver',
    'statio_user_indexes',
    'xlog_location',
  ].map((collector) => ({ collector, prefix: `pg_${collector}_` })),
  'node-exporter': [
    ...[
      'buddyinfo',
      'cgroups',
      'drbd',
      'drm',
      'ethtool',
      'interrupts',
      'ksmd',
      'lnstat',
      'logind',
      'mountstats',
    ],
    ...['ntp', 'perf', 'processes', 'qdisc', 'slabinfo', 'softirqs', 'supervisord', 'sysctl', 'systemd'],
    ...['tcpstat', 'wifi', 'xfrm', 'zoneinfo'],
  ].map((collector) => ({ collector, prefix: `node_${collector}_` })),
} as const;

describe.each(Object.entries(offByDefault))('the collectors of %s', (name, collectors) => {
  const metrics: readonly Metric[] = jobs.find((job) => job.name === name)?.metrics ?? [];
  const { args } = exporterOf(name as keyof typeof offByDefault);

  it('are switched on where something reads what they collect', () => {
    expect(metrics.length).toBeGreaterThan(0);
    for (const metric of metrics) {
      const behind = collectors.find(({ prefix }) => metric.name.startsWith(prefix))?.collector;
      expect({ metric: metric.name, collector: metric.collector }).toEqual({
        metric: metric.name,
        collector: behind,
      });
      if (behind !== undefined) expect(args).toContain(`--collector.${behind}`);
    }
  });
});

describe('an exporter', () => {
  const peer = { outside: 'world' } as const;
  const objects = objectsOf((scope) => {
    const flows = new NetworkFlows(scope, 'flows');
    new Exporter(scope, 'exporter', {
      namespace: 'data',
      exporter: exporterOf('postgres-exporter'),
      flows,
      watched: {
        address: 'db:5432',
        peer,
        port: 5432,
        password,
        secretValue: () => 'postgresql://me:$(PASSWORD)@db',
      },
    });
  });

  it('logs in with a password that it is told by reference, before what it becomes a part of', () => {
    const [container] = only<WorkloadSpec>(objects, 'Deployment').spec.template.spec.containers;
    expect(container).toMatchObject({
      env: [
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'postgresql', key: 'exporter-password' } } },
        { name: 'DATA_SOURCE_NAME', value: 'postgresql://me:$(PASSWORD)@db' },
      ],
    });
  });

  it('may go out to what it watches, and nowhere else', () => {
    const { egress } = only(objects, 'NetworkPolicy', 'postgres-exporter').spec as { egress: unknown };
    expect(egress).toEqual([{ ports: [{ port: 5432, protocol: 'TCP' }] }]);
  });

  it('is refused without the password that it needs', () => {
    expect(() => exporterContainer(exporterOf('postgres-exporter'), { address: 'db' })).toThrow(
      'postgres-exporter logs in somewhere: give the password it uses',
    );
  });
});

describe('node exporter', () => {
  const objects = objectsOf((scope) => {
    new NodeExporter(scope, 'nodes', { namespace: 'node-exporter', exporter: exporterOf('node-exporter') });
  });
  const pod = only<WorkloadSpec>(objects, 'DaemonSet').spec.template.spec as PodSpec &
    Record<string, unknown>;

  it('runs on every node, also on those that take nothing else', () => {
    expect(pod).toMatchObject({ hostNetwork: true, hostPID: true, tolerations: [{ operator: 'Exists' }] });
  });

  it('sees the node and can change nothing of it', () => {
    const [container] = pod.containers as unknown as readonly {
      readonly volumeMounts: readonly { readonly readOnly?: boolean }[];
      readonly securityContext: object;
    }[];
    expect(container?.volumeMounts).toHaveLength(3);
    expect(container?.volumeMounts.filter(({ readOnly }) => !readOnly)).toEqual([]);
    expect(container?.securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('kube-state-metrics', () => {
  const objects = objectsOf((scope) => {
    const flows = new NetworkFlows(scope, 'flows');
    new KubeStateMetrics(scope, 'counts', { namespace: 'monitoring', watches: ['a', 'b'], flows });
  });

  interface Rule {
    readonly verbs: readonly string[];
    readonly resources: readonly string[];
  }
  const rulesOf = (kind: string) => ofKind(objects, kind).flatMap((role) => role['rules'] as readonly Rule[]);

  it('may list and watch what it counts, in the namespaces it counts in', () => {
    expect(ofKind(objects, 'Role').map(({ metadata }) => metadata.namespace)).toEqual(['a', 'b']);
    const verbs = [...rulesOf('Role'), ...rulesOf('ClusterRole')].flatMap((rule) => rule.verbs);
    expect(new Set(verbs)).toEqual(new Set(['list', 'watch']));
  });

  it('may see in the whole cluster at most what belongs to no namespace', () => {
    expect(rulesOf('ClusterRole').flatMap(({ resources }) => resources)).not.toEqual(
      expect.arrayContaining([expect.not.stringMatching(/^nodes$/)]),
    );
  });

  it('is told to count exactly what it may see', () => {
    const [container] = only<WorkloadSpec>(objects, 'Deployment').spec.template.spec.containers;
    const { args } = container as unknown as { readonly args: readonly string[] };
    expect(args).toContain('--namespaces=a,b');
    const counted =
      args
        .find((arg) => arg.startsWith('--resources='))
        ?.split('=')[1]
        ?.split(',') ?? [];
    const seen = [...rulesOf('Role'), ...rulesOf('ClusterRole')].flatMap(({ resources }) => resources);
    expect(counted.toSorted()).toEqual([...new Set(seen)].sort());
    expect(counted).not.toContain('secrets');
  });
});
