import { clusterEnvironments } from '../../constructs/environments';
import type { Manifest } from '../../constructs/checks/manifest';
import { nameOf, ofKind, type WorkloadSpec } from '../../constructs/checks/manifest';
import { list as listOf } from './control-plane/kubectl';
import { until } from './control-plane/until';
import { startCluster, type Cluster } from './support/cluster';

jest.setTimeout(180_000);

describe.each(clusterEnvironments.map((environment) => [environment.monitoring.name, environment] as const))(
  'the manifests of %s on a real API server',
  (_, environment) => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster(environment);
    });
    afterAll(async () => cluster?.plane.stop());

    it('are accepted in one apply, without an error or a warning', async () => {
      const { code, stdout, stderr } = await cluster.apply(cluster.manifests);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(stdout.trim().split('\n')).toHaveLength(cluster.objects.length);
    });

    it('are unchanged by a second apply, and show no difference', async () => {
      const before = await atRest(cluster);
      expect(before.size).toBe(cluster.objects.length);
      expect((await cluster.apply(cluster.manifests)).stderr).toBe('');
      const after = await applied(cluster);
      expect([...after].filter(([name, object]) => moved(before.get(name), object))).toEqual([]);

      const diff = await cluster.plane.kubectl(['diff', '--server-side', '-f', cluster.manifests]);
      expect(diff.stdout).toBe('');
      expect(diff.code).toBe(0);
    });

    it('give every workload pods that its namespace admits', async () => {
      const workloads = ofKind<WorkloadSpec>(cluster.objects, 'Deployment', 'StatefulSet', 'DaemonSet');
      expect(workloads.length).toBeGreaterThan(6);
      for (const workload of workloads) {
        await until(
          `a pod of ${nameOf(workload)}`,
          async () => {
            const labels = Object.entries(workload.spec.selector.matchLabels);
            const pods = await listOf<Manifest>(cluster.plane.kubectl, [
              'pods',
              ...['-n', workload.metadata.namespace ?? ''],
              ...['-l', labels.map((pair) => pair.join('=')).join(',')],
            ]);
            return pods.length > 0;
          },
          { seconds: 30 },
        );
      }
      const events = await listOf<{ reason: string; message: string }>(cluster.plane.kubectl, [
        'events',
        '-A',
      ]);
      expect(events.filter(({ reason }) => reason === 'FailedCreate').map(({ message }) => message)).toEqual(
        [],
      );
    });

    it('enforce Pod Security restricted in every namespace but the one that says why not', async () => {
      const namespaces = ofKind(cluster.objects, 'Namespace');
      for (const { metadata } of namespaces) {
        const level = metadata.labels?.['pod-security.kubernetes.io/enforce'];
        if (level === 'restricted') {
          const refused = await cluster.plane.kubectl(
            ['apply', '--dry-run=server', '-f', '-'],
            JSON.stringify(rootedPod(metadata.name)),
          );
          expect(refused.stderr).toContain('violates PodSecurity "restricted:latest"');
        } else {
          expect(metadata.annotations?.['ops.chatroom.io/pod-security-reason']).toMatch(/hostPath/);
        }
      }
      const others = namespaces.filter(
        ({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted',
      );
      expect(others.map(({ metadata }) => metadata.name)).toEqual(['node-exporter']);
    });
  },
);

function rootedPod(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'rooted', namespace },
    spec: { containers: [{ name: 'c', image: 'busybox:1.36', securityContext: { runAsUser: 0 } }] },
  };
}

interface Applied extends Manifest {
  readonly metadata: Manifest['metadata'] & {
    readonly resourceVersion: string;
    readonly managedFields: readonly { readonly manager: string; readonly operation: string }[];
  };
  readonly status?: unknown;
}

/** Each of our objects as the API server has it, by kind and name. */
async function applied({ plane, manifests }: Cluster): Promise<ReadonlyMap<string, Applied>> {
  const { stdout, stderr } = await plane.kubectl([
    ...['get', '-f', manifests],
    ...['-o', 'json', '--show-managed-fields'],
  ]);
  if (stderr) throw new Error(stderr);
  const { items } = JSON.parse(stdout) as { items: Applied[] };
  return new Map(items.map((object) => [`${object.apiVersion} ${nameOf(object)}`, object]));
}

/** The same, once the controllers have come to rest. */
async function atRest(cluster: Cluster): Promise<ReadonlyMap<string, Applied>> {
  let last = '';
  return until(
    'controllers to come to rest',
    async () => {
      const now = await applied(cluster);
      const text = JSON.stringify([...now]);
      const same = text === last && now;
      last = text;
      return same;
    },
    { seconds: 120, everyMs: 8000 },
  );
}

/**
 * Whether an object was written to, but by a controller, which speaks when it likes. Whoever applies a change leaves
 * its time in the entry that says which fields are theirs.
 */
function moved(before: Applied | undefined, after: Applied): boolean {
  if (!before) return true;
  if (before.metadata.resourceVersion === after.metadata.resourceVersion) return false;
  const [was, is] = [before, after].map(({ metadata, status }) => {
    const byApply = metadata.managedFields.filter(({ operation }) => operation === 'Apply');
    const byOthers = metadata.managedFields.filter(({ operation }) => operation !== 'Apply');
    return {
      ours: JSON.stringify(byApply),
      others: JSON.stringify([status, byOthers]),
    };
  });
  return was?.ours !== is?.ours || was?.others === is?.others;
}
