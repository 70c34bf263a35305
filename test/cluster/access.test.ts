import { clusterEnvironments } from '../../constructs/environments';
import { nameOf, ofKind, type Manifest } from '../../constructs/checks/manifest';
import type { ControlPlane } from './control-plane/start';
import { startCluster, type Cluster } from './support/cluster';

jest.setTimeout(180_000);

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

interface Review {
  readonly status: { readonly allowed: boolean };
}

interface Question {
  /** Undefined for what belongs to no namespace. */
  readonly namespace?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly path?: string;
  readonly verb: string;
}

/** What nobody of ours ever needs, asked of every account. */
const never: readonly Question[] = [
  ...['chatroom', 'monitoring', 'kube-system'].flatMap((namespace): Question[] => [
    { namespace, group: '', resource: 'secrets', verb: 'get' },
    { namespace, group: '', resource: 'secrets', verb: 'list' },
    { namespace, group: '', resource: 'configmaps', verb: 'update' },
    { namespace, group: '', resource: 'pods', verb: 'create' },
    { namespace, group: '', resource: 'pods', verb: 'delete' },
    { namespace, group: '', resource: 'pods', subresource: 'exec', verb: 'create' },
    { namespace, group: '', resource: 'serviceaccounts', subresource: 'token', verb: 'create' },
    { namespace, group: 'apps', resource: 'deployments', verb: 'patch' },
    { namespace, group: 'rbac.authorization.k8s.io', resource: 'rolebindings', verb: 'create' },
  ]),
  { group: '', resource: 'nodes', subresource: 'proxy', verb: 'get' },
  { group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings', verb: 'create' },
  { group: '*', resource: '*', verb: '*' },
  { path: '/debug/pprof/', verb: 'get' },
];

describe.each(clusterEnvironments.map((environment) => [environment.monitoring.name, environment] as const))(
  'the accounts of %s',
  (_, environment) => {
    let cluster: Cluster;
    let accounts: readonly Manifest[];
    beforeAll(async () => {
      cluster = await startCluster(environment);
      await cluster.apply(cluster.manifests);
      accounts = ofKind(cluster.objects, 'ServiceAccount');
    });
    afterAll(async () => cluster?.plane.stop());

    it('may do what their roles say, and in no other namespace', async () => {
      let asked = 0;
      for (const account of accounts) {
        const allowed = questions(cluster.objects, account);
        if (allowed.length === 0) continue;
        const answers = await review(cluster.plane, account, allowed);
        expect(allowed.filter((_, index) => !answers[index])).toEqual([]);
        asked += allowed.length;

        // The same, where no role was given: what is namespaced here must not hold elsewhere.
        const everywhere = new Set(
          allowed.filter(({ namespace }) => namespace === undefined).map(withoutNamespace),
        );
        const elsewhere = allowed
          .filter(
            (question) => question.namespace !== undefined && !everywhere.has(withoutNamespace(question)),
          )
          .map((question) => ({ ...question, namespace: 'kube-system' }));
        const refused = await review(cluster.plane, account, elsewhere);
        expect(elsewhere.filter((_, index) => refused[index])).toEqual([]);
      }
      expect(asked).toBeGreaterThan(30);
    });

    it('may do nothing else that would hurt', async () => {
      expect(accounts.length).toBeGreaterThan(8);
      for (const account of accounts) {
        const answers = await review(cluster.plane, account, never);
        expect([nameOf(account), never.filter((_, index) => answers[index])]).toEqual([nameOf(account), []]);
      }
    });

    it('are handed a token only where pods talk to the API server', () => {
      const tokens = accounts.filter((account) => account['automountServiceAccountToken'] !== false);
      const withRoles = accounts.filter((account) => questions(cluster.objects, account).length > 0);
      expect(tokens.map(nameOf)).toEqual(withRoles.map(nameOf));
    });
  },
);

function withoutNamespace(question: Question): string {
  return JSON.stringify({ ...question, namespace: undefined });
}

/** Everything that the roles bound to an account allow, one question for each verb of each resource. */
function questions(objects: readonly Manifest[], account: Manifest): Question[] {
  return ofKind(objects, 'RoleBinding', 'ClusterRoleBinding').flatMap((binding) => {
    const subjects = binding['subjects'] as readonly { readonly name: string; readonly namespace: string }[];
    const { name, namespace } = account.metadata;
    if (!subjects.some((subject) => subject.name === name && subject.namespace === namespace)) return [];
    const { kind, name: role } = binding['roleRef'] as { readonly kind: string; readonly name: string };
    const found = ofKind(objects, kind).find(
      ({ metadata }) => metadata.name === role && metadata.namespace === binding.metadata.namespace,
    );
    return (found?.['rules'] as readonly Rule[]).flatMap((rule) => asked(rule, binding.metadata.namespace));
  });
}

function asked(rule: Rule, namespace: string | undefined): Question[] {
  const paths = (rule.nonResourceURLs ?? []).flatMap((path) => rule.verbs.map((verb) => ({ path, verb })));
  const resources = (rule.apiGroups ?? []).flatMap((group) =>
    (rule.resources ?? []).flatMap((resource) => {
      const [name, subresource] = resource.split('/');
      return rule.verbs.map((verb) => ({ namespace, group, resource: name, subresource, verb }));
    }),
  );
  return [...paths, ...resources];
}

/** Asks the API server, as the account itself with a token of its own, whether it may. */
async function review(
  plane: ControlPlane,
  { metadata: { name, namespace = '' } }: Manifest,
  questions: readonly Question[],
): Promise<readonly boolean[]> {
  if (questions.length === 0) return [];
  const { stdout: token } = await plane.kubectl(['create', 'token', name, '-n', namespace]);
  const kubeconfig = plane.kubeconfigFor(`${namespace}-${name}`, token.trim());
  const items = questions.map(({ path, verb, namespace, group, resource, subresource }) => ({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: path
      ? { nonResourceAttributes: { path, verb } }
      : { resourceAttributes: { namespace, group, resource, subresource, verb } },
  }));
  const { stdout, stderr } = await plane.kubectl(
    // Validation would have kubectl list the cluster's own definitions first, which these accounts may not.
    ['--kubeconfig', kubeconfig, 'create', '--validate=false', '-f', '-', '-o', 'json'],
    items.map((item) => JSON.stringify(item)).join('\n---\n'),
  );
  if (stderr) throw new Error(stderr);
  // Several objects come as one list, or one after another.
  const answers = JSON.parse(`[${stdout.trim().replaceAll(/\n\}\n\{/g, '\n},\n{')}]`) as (
    Review | { readonly items: readonly Review[] }
  )[];
  const reviews = answers.flatMap((answer): readonly Review[] =>
    'items' in answer ? answer.items : [answer],
  );
  if (reviews.length !== questions.length) {
    throw new Error(`asked ${questions.length} questions and got ${reviews.length} answers`);
  }
  return reviews.map(({ status }) => status.allowed);
}
