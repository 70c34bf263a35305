import { ofKind, type Manifest } from '../../constructs/checks/manifest';
import { watchedByOthers, type ClusterEnvironment } from '../../constructs/environment';
import { production } from '../../constructs/environments/production';
import { catalogue } from '../../monitoring/catalogue';
import { alertRules, recordingRules } from '../../monitoring/render/rules';
import { list as listOf } from './control-plane/kubectl';
import { until } from './control-plane/until';
import { madeUpSecrets, startCluster, type Cluster } from './support/cluster';
import { generated, generatedRules, jobLabel, parsePrometheus, startOperator } from './support/operator';

jest.setTimeout(240_000);

const labels = { 'app.kubernetes.io/name': 'prometheus' };
const release = { release: 'stack' };
const guest: ClusterEnvironment = {
  ...production,
  monitoring: watchedByOthers({ ...production.monitoring, name: 'guest' }),
  watchedBy: {
    prometheus: { namespace: 'monitoring', labels, selects: release, serviceAccount: 'stack-prometheus' },
    alertmanager: { namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'alertmanager' } },
  },
};

/** What is there before us: a namespace that nobody has closed, with a Prometheus that reads what has its label. */
const theirs: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'stack-prometheus', namespace: 'monitoring' },
  },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'stack', namespace: 'monitoring' },
    spec: {
      serviceAccountName: 'stack-prometheus',
      serviceMonitorSelector: { matchLabels: release },
      serviceMonitorNamespaceSelector: {},
      ruleSelector: { matchLabels: release },
      ruleNamespaceSelector: {},
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'prometheus', namespace: 'monitoring' },
    spec: { selector: { app: 'theirs' }, ports: [{ port: 9090 }] },
  },
];

describe('a guest in a cluster that is watched already', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(guest);
    expect((await cluster.apply(theirs)).stderr).toBe('');
    await startOperator(cluster);
    await until('their Prometheus to run', async () =>
      generated(cluster, 'prometheus-stack', 'prometheus.yaml.gz'),
    );
  });
  afterAll(async () => cluster?.plane.stop());

  /** resourceVersion of everything of theirs that no controller writes to by itself. */
  const untouched = async () => {
    const kinds = 'networkpolicies,services,serviceaccounts,roles,rolebindings,prometheuses,alertmanagers';
    const objects = [
      ...(await listOf<Manifest>(cluster.plane.kubectl, [kinds, '-n', 'monitoring'])),
      ...(await listOf<Manifest>(cluster.plane.kubectl, ['namespace', 'monitoring'])),
    ];
    return objects.map(({ kind, metadata, spec }) => ({
      name: `${kind} ${metadata.name}`,
      labels: metadata.labels,
      // The operator reports in the status of its own objects.
      ...(kind === 'Prometheus'
        ? { spec }
        : { version: (metadata as { resourceVersion?: string }).resourceVersion }),
    }));
  };

  it('is accepted without an error or a warning, and moves nothing that was there', async () => {
    const before = await untouched();
    expect(before.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Namespace monitoring', 'Prometheus stack', 'Service prometheus']),
    );
    expect((await cluster.apply(cluster.manifests)).stderr).toBe('');
    await cluster.apply(madeUpSecrets(guest));
    expect(await untouched()).toEqual(before);
    // Pods of theirs are still admitted, as node exporters and others need it.
    const rooted = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'rooted', namespace: 'monitoring' },
      spec: { hostNetwork: true, containers: [{ name: 'c', image: 'example.com/c:1.0' }] },
    };
    const { code, stderr } = await cluster.plane.kubectl(
      ['apply', '--dry-run=server', '-f', '-'],
      JSON.stringify(rooted),
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is read and judged by the Prometheus that was there', async () => {
    const model = catalogue(guest.monitoring);
    const jobs = model.jobs.map(({ name }) => name);
    const config = await until('its configuration to name our jobs', async () => {
      const text = await generated(cluster, 'prometheus-stack', 'prometheus.yaml.gz');
      if (text === undefined) return undefined;
      const parsed = parsePrometheus(text);
      return parsed.scrape_configs.length >= jobs.length && parsed;
    });
    expect(config.scrape_configs.map(jobLabel).sort()).toEqual([...jobs].sort());
    const expected = [...recordingRules(model).groups, ...alertRules(model).groups];
    const groups = await until('our rules', async () => {
      const found = await generatedRules(cluster, 'stack');
      return found.size >= expected.length && found;
    });
    for (const group of expected) {
      expect(groups.get(group.name)).toEqual(group);
    }
  });

  it('lets it find the targets, and in no other namespace', async () => {
    const { stdout: token } = await cluster.plane.kubectl([
      ...['create', 'token', 'stack-prometheus', '-n', 'monitoring'],
    ]);
    const kubeconfig = cluster.plane.kubeconfigFor('stack', token.trim());
    const may = async (namespace: string) =>
      (
        await cluster.plane.kubectl([
          ...['--kubeconfig', kubeconfig, 'auth', 'can-i', 'list', 'endpointslices.discovery.k8s.io'],
          ...['-n', namespace],
        ])
      ).stdout.trim();
    expect([await may('chatroom'), await may('kube-system')]).toEqual(['yes', 'no']);
    expect(ofKind(cluster.objects, 'RoleBinding')).toHaveLength(1);
  });
});
