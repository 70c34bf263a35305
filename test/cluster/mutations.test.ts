import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { problemsOf } from '../../constructs/checks';
import { nameOf, type Manifest } from '../../constructs/checks/manifest';
import { production } from '../../constructs/environments/production';
import { schemaOf } from '../../imports/custom-resource';
import { problems } from '../../imports/structural-schema';
import { toolPath } from './control-plane/locate';
import { startCluster, type Cluster } from './support/cluster';

jest.setTimeout(180_000);

/** Who notices, in the order in which they look: the earlier, the cheaper the mistake. */
type Guard = 'the schema at synth' | 'the checks at synth' | 'the API server' | 'promtool';

interface Mutation {
  /** `Kind namespace/name` of the object that is broken. */
  readonly object: string;
  /** Path to a field, and what is put there; undefined removes it. */
  readonly put: readonly [path: string, value: unknown];
  readonly by: Guard;
  readonly says: RegExp;
}

const monitor = 'ServiceMonitor chatroom/chatroom-server';
const server = 'Deployment chatroom/chatroom-server';
const routing = 'AlertmanagerConfig monitoring/chatroom';
const container = 'spec.template.spec.containers.0';

const mutations: Readonly<Record<string, Mutation>> = {
  'a field that no ServiceMonitor has': {
    object: monitor,
    put: ['spec.endpoints.0.prot', 'http'],
    by: 'the schema at synth',
    says: /spec\.endpoints\[0\]\.prot = "http": no such field; did you mean port\?/,
  },
  'a number where a port name belongs': {
    object: monitor,
    put: ['spec.endpoints.0.port', 8000],
    by: 'the schema at synth',
    says: /spec\.endpoints\[0\]\.port = 8000: must be a string/,
  },
  'an interval in words': {
    object: monitor,
    put: ['spec.endpoints.0.interval', '10 seconds'],
    by: 'the schema at synth',
    says: /interval = "10 seconds": must match/,
  },
  'a ServiceMonitor without a selector': {
    object: monitor,
    put: ['spec.selector', undefined],
    by: 'the schema at synth',
    says: /spec\.selector: is required/,
  },
  'a number of replicas in quotes': {
    object: 'Prometheus monitoring/chatroom',
    put: ['spec.replicas', '2'],
    by: 'the schema at synth',
    says: /spec\.replicas = "2": must be a whole number/,
  },
  'a retention in words': {
    object: 'Prometheus monitoring/chatroom',
    put: ['spec.retention', 'two weeks'],
    by: 'the schema at synth',
    says: /spec\.retention = "two weeks": must match/,
  },
  'a way to match that does not exist': {
    object: routing,
    put: ['spec.inhibitRules.0.sourceMatch.0.matchType', '=='],
    by: 'the schema at synth',
    says: /matchType = "==": must be one of/,
  },
  'mail headers as Alertmanager itself writes them': {
    object: routing,
    put: ['spec.receivers.0.emailConfigs.0.headers', { Subject: 'down' }],
    by: 'the schema at synth',
    says: /headers = .*: must be a list/,
  },
  'a misspelt field of a rule': {
    object: 'PrometheusRule monitoring/postgresql',
    put: ['spec.groups.0.rules.0.fro', '5m'],
    by: 'the schema at synth',
    says: /rules\[0\]\.fro = "5m": no such field; did you mean for\?/,
  },
  'a scheme that nobody speaks': {
    object: 'ScrapeConfig monitoring/kubernetes-apiservers',
    put: ['spec.scheme', 'FTP'],
    by: 'the schema at synth',
    says: /spec\.scheme = "FTP": must be one of/,
  },
  'a role of discovery that does not exist': {
    object: 'ScrapeConfig monitoring/kubernetes-apiservers',
    put: ['spec.kubernetesSDConfigs.0.role', 'Nodes'],
    by: 'the schema at synth',
    says: /role = "Nodes": must be one of/,
  },
  'a Service that leads to a port no container has': {
    object: 'Service chatroom/chatroom-server',
    put: ['spec.ports.0.targetPort', 'https'],
    by: 'the checks at synth',
    says: /port http leads to https, where no container of chatroom-server listens \(http=8000\)/,
  },
  'a container that listens elsewhere than its Service expects': {
    object: server,
    put: [`${container}.ports.0.name`, 'web'],
    by: 'the checks at synth',
    says: /Service chatroom\/chatroom-server: port http leads to http, where no container of chatroom-server/,
  },
  'a Service that selects by a label no pod has': {
    object: 'Service chatroom/nginx',
    put: ['spec.selector.tier', 'front'],
    by: 'the checks at synth',
    says: /selects no pod/,
  },
  'a ServiceMonitor that selects nothing': {
    object: monitor,
    put: ['spec.selector.matchLabels.tier', 'front'],
    by: 'the checks at synth',
    says: /selects no Service/,
  },
  'a ServiceMonitor that reads a port its Service lacks': {
    object: monitor,
    put: ['spec.endpoints.0.port', 'metrics'],
    by: 'the checks at synth',
    says: /reads port "metrics", which Service chatroom-server does not have \(http\)/,
  },
  'a ServiceMonitor that no Prometheus selects': {
    object: monitor,
    put: ['metadata.labels.prometheus', 'other'],
    by: 'the checks at synth',
    says: /no Prometheus selects it/,
  },
  'rules that no Prometheus selects': {
    object: 'PrometheusRule monitoring/postgresql',
    put: ['metadata.labels.prometheus', undefined],
    by: 'the checks at synth',
    says: /no Prometheus selects it/,
  },
  'a route to a receiver that does not exist': {
    object: routing,
    put: ['spec.route.routes.0.receiver', 'night-shift'],
    by: 'the checks at synth',
    says: /routes to receiver "night-shift", which is none of/,
  },
  'a route whose matchers are misspelt, and which would match everything': {
    object: routing,
    put: ['spec.route.routes.1.matcher', [{ name: 'service', value: 'chatroom' }]],
    by: 'the checks at synth',
    says: /spec\.route\.routes\[1\]\.matcher = .*: no such field; did you mean matchers\?/,
  },
  'an Alertmanager without its routing': {
    object: 'Alertmanager monitoring/chatroom',
    put: ['spec.alertmanagerConfiguration.name', 'chatrom'],
    by: 'the checks at synth',
    says: /AlertmanagerConfig "chatrom", which does not exist/,
  },
  'a query that is no PromQL': {
    object: 'PrometheusRule monitoring/postgresql',
    put: ['spec.groups.0.rules.0.expr', 'pg_up == = 0'],
    by: 'the checks at synth',
    says: /the query is no PromQL at "= 0"/,
  },
  'a query that is PromQL and means nothing': {
    object: 'PrometheusRule monitoring/postgresql',
    put: ['spec.groups.0.rules.0.expr', 'rate(pg_up) > 0'],
    by: 'promtool',
    says: /PrometheusRule monitoring.postgresql.*expected type range vector/s,
  },
  'a template that Prometheus cannot fill in': {
    object: 'PrometheusRule monitoring/postgresql',
    put: ['spec.groups.0.rules.0.annotations.summary', '{{ $labels.instance'],
    by: 'promtool',
    says: /PrometheusRule monitoring.postgresql.*template/s,
  },
  'an image that is another one tomorrow': {
    object: server,
    put: [`${container}.image`, 'ghcr.io/chatroom-monitoring/chatroom:latest'],
    by: 'the checks at synth',
    says: /is not pinned/,
  },
  'a ConfigMap that is not there': {
    object: 'Deployment chatroom/nginx',
    put: ['spec.template.spec.volumes.0.configMap.name', 'nginx-old'],
    by: 'the checks at synth',
    says: /refers to ConfigMap chatroom\/nginx-old, which does not exist/,
  },
  'an account that is not there': {
    object: server,
    put: ['spec.template.spec.serviceAccountName', 'chatroom'],
    by: 'the checks at synth',
    says: /refers to ServiceAccount chatroom\/chatroom, which does not exist/,
  },
  'a role that is not there': {
    object: 'RoleBinding chatroom/prometheus',
    put: ['roleRef.name', 'prometheus-k8s'],
    by: 'the checks at synth',
    says: /refers to Role chatroom\/prometheus-k8s, which does not exist/,
  },
  'a budget that guards nothing': {
    object: 'PodDisruptionBudget chatroom/chatroom-server',
    put: ['spec.selector.matchLabels.tier', 'front'],
    by: 'the checks at synth',
    says: /guards no pod/,
  },
  'a number of replicas that fights the autoscaler': {
    object: server,
    put: ['spec.replicas', 3],
    by: 'the checks at synth',
    says: /sets replicas, which its autoscaler decides/,
  },
  'a policy for pods that do not exist': {
    object: 'NetworkPolicy monitoring/prometheus',
    put: ['spec.podSelector.matchLabels.tier', 'front'],
    by: 'the checks at synth',
    says: /holds for no pod/,
  },
  'the name of another object': {
    object: 'Service chatroom/nginx',
    put: ['metadata.name', 'chatroom-server'],
    by: 'the checks at synth',
    says: /Service chatroom\/chatroom-server: is written twice/,
  },
  'a misspelt field of a Deployment': {
    object: server,
    put: ['spec.replcas', 3],
    by: 'the API server',
    says: /\.spec\.replcas: field not declared in schema/,
  },
  'a port as text': {
    object: server,
    put: [`${container}.ports.0.containerPort`, 'http'],
    by: 'the API server',
    says: /containerPort/,
  },
  'an amount of memory that is none': {
    object: server,
    put: [`${container}.resources.limits.memory`, '512 MB'],
    by: 'the API server',
    says: /quantities must match|unable to parse quantity|memory/,
  },
  'a port beyond the last one': {
    object: 'NetworkPolicy monitoring/prometheus',
    put: ['spec.ingress.0.ports.0.port', 70000],
    by: 'the API server',
    says: /70000.*must be between 1 and 65535/s,
  },
  'an autoscaler whose least is more than its most': {
    object: 'HorizontalPodAutoscaler chatroom/chatroom-server',
    put: ['spec.minReplicas', 40],
    by: 'the API server',
    says: /must be greater than or equal to `?minReplicas/,
  },
  'a Pod Security level that does not exist': {
    object: 'Namespace chatroom',
    put: ['metadata.labels.pod-security\\.kubernetes\\.io/enforce', 'strict'],
    by: 'the API server',
    says: /must be one of privileged, baseline, restricted/,
  },
  'a probe by two ways at once': {
    object: server,
    put: [`${container}.livenessProbe.exec`, { command: ['true'] }],
    by: 'the API server',
    says: /may not specify more than 1 handler type/,
  },
  'a pod that asks for more than its namespace admits': {
    object: server,
    put: [`${container}.securityContext.privileged`, true],
    by: 'the API server',
    says: /violate PodSecurity "restricted:latest"|cannot set `?allowPrivilegeEscalation/,
  },
};

describe('a broken manifest', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(production);
    await cluster.apply(cluster.manifests);
  });
  afterAll(async () => cluster?.plane.stop());

  it('is not seen where nothing is broken', async () => {
    expect(await firstToNotice(cluster, cluster.objects, undefined)).toBeUndefined();
  });

  it('is tried in more than twenty ways', () => {
    expect(Object.keys(mutations).length).toBeGreaterThan(20);
  });

  it.each(Object.entries(mutations))('is caught and named: %s', async (_, { object, put, by, says }) => {
    const index = cluster.objects.findIndex((candidate) => nameOf(candidate) === object);
    if (index < 0) throw new Error(`there is no ${object} to break`);
    const broken = structuredClone(cluster.objects[index]) as Manifest;
    assign(broken, ...put);
    const objects = cluster.objects.with(index, broken);
    const notice = await firstToNotice(cluster, objects, broken);
    expect(notice?.by).toBe(by);
    expect(notice?.message).toMatch(says);
    // The name may be that of an object that suffers from it, but a name there must be.
    expect(notice?.message).toContain(broken.metadata.name);
  });
});

interface Notice {
  readonly by: Guard;
  readonly message: string;
}

/** What the first guard that objects says, or undefined when none does. */
async function firstToNotice(
  cluster: Cluster,
  objects: readonly Manifest[],
  broken: Manifest | undefined,
): Promise<Notice | undefined> {
  const wrong = objects.flatMap((object) =>
    fieldProblems(object).map((problem) => `${nameOf(object)}: ${problem}`),
  );
  if (wrong.length > 0) return { by: 'the schema at synth', message: wrong.join('\n') };
  const useless = problemsOf(objects);
  if (useless.length > 0) return { by: 'the checks at synth', message: useless.join('\n') };
  const { code, stderr } = await cluster.plane.kubectl(
    ['apply', '--server-side', '--dry-run=server', '-f', '-'],
    JSON.stringify(broken ?? { apiVersion: 'v1', kind: 'List', items: objects }),
  );
  if (code !== 0 || stderr !== '') {
    return { by: 'the API server', message: `${broken ? nameOf(broken) : ''}: ${stderr}` };
  }
  const complaint = promtool(cluster, broken ? [broken] : objects);
  return complaint === undefined ? undefined : { by: 'promtool', message: complaint };
}

function fieldProblems(object: Manifest): readonly string[] {
  const [group = '', version = ''] = object.apiVersion.split('/');
  if (group !== 'monitoring.coreos.com') return [];
  return problems(schemaOf({ group, version, kind: object.kind }), { ...object, metadata: {} });
}

function promtool({ plane }: Cluster, objects: readonly Manifest[]): string | undefined {
  const folder = join(plane.folder, 'rules');
  mkdirSync(folder, { recursive: true });
  for (const object of objects.filter(({ kind }) => kind === 'PrometheusRule')) {
    const file = join(folder, `${nameOf(object).replace('/', '.')}.yaml`);
    writeFileSync(file, stringify(object.spec));
    try {
      execFileSync(toolPath('promtool'), ['check', 'rules', file], { stdio: 'pipe' });
    } catch (failure) {
      return String((failure as { stderr: Buffer }).stderr);
    }
  }
  return undefined;
}

/** Puts a value at a path such as `spec.endpoints.0.port`; a dot within a name is written `\.`. */
function assign(object: object, path: string, value: unknown): void {
  const names = path.split(/(?<!\\)\./).map((name) => name.replaceAll('\\.', '.'));
  const last = names.pop() ?? '';
  const parent = names.reduce((at, name) => {
    const next = (at as Record<string, object | undefined>)[name];
    if (next === undefined) throw new Error(`${path}: there is no ${name}`);
    return next;
  }, object) as Record<string, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}
