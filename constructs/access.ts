import {
  KubeClusterRole,
  KubeClusterRoleBinding,
  KubeRole,
  KubeRoleBinding,
} from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import { recommendedLabels } from './component';

/** What may be done to which objects, or to which paths of the API server. */
export type AccessRule =
  | {
      readonly groups: readonly string[];
      readonly resources: readonly string[];
      readonly verbs: readonly string[];
    }
  | { readonly paths: readonly string[]; readonly verbs: readonly string[] };

export interface AccessProps {
  /** Name of the roles, and of the account they are given to. */
  readonly account: { readonly name: string; readonly namespace: string };
  /** What it is for, where an account has access for several reasons. @default - no suffix to the names */
  readonly purpose?: string;
  /** Holds everywhere. @default - nothing */
  readonly cluster?: readonly AccessRule[];
  /** Holds in these namespaces only. @default - nothing */
  readonly namespaced?: { readonly namespaces: readonly string[]; readonly rules: readonly AccessRule[] };
}

/** Lets a ServiceAccount do what it needs, and nothing else. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, { account, purpose, cluster = [], namespaced }: AccessProps) {
    super(scope, id);
    const labels = recommendedLabels({ name: account.name, component: 'access' });
    const subjects = [{ kind: 'ServiceAccount', name: account.name, namespace: account.namespace }];
    const apiGroup = 'rbac.authorization.k8s.io';
    if (cluster.length > 0) {
      // Roles of the whole cluster share one name space with everybody's.
      const name = [account.namespace, account.name, purpose].filter(Boolean).join('-');
      new KubeClusterRole(this, 'role', { metadata: { name, labels }, rules: cluster.map(policyRule) });
      new KubeClusterRoleBinding(this, 'binding', {
        metadata: { name, labels },
        roleRef: { apiGroup, kind: 'ClusterRole', name },
        subjects,
      });
    }
    for (const namespace of new Set(namespaced?.namespaces)) {
      const name = [account.name, purpose].filter(Boolean).join('-');
      const metadata = { name, namespace, labels };
      new KubeRole(this, `role-${namespace}`, { metadata, rules: namespaced?.rules.map(policyRule) });
      new KubeRoleBinding(this, `binding-${namespace}`, {
        metadata,
        roleRef: { apiGroup, kind: 'Role', name },
        subjects,
      });
    }
  }
}

function policyRule(rule: AccessRule) {
  return 'paths' in rule
    ? { nonResourceUrLs: [...rule.paths], verbs: [...rule.verbs] }
    : { apiGroups: [...rule.groups], resources: [...rule.resources], verbs: [...rule.verbs] };
}
