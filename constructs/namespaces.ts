import { KubeNamespace } from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import { partOf } from './component';

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

export interface NamespaceProps {
  readonly name: string;
  /** @default restricted */
  readonly podSecurity?: PodSecurityLevel;
  /** Why it cannot be restricted; written on the namespace for whoever finds it there; must be given where it is not. @default - none */
  readonly reason?: string;
}

/** A namespace in which the API server enforces a Pod Security level. */
export class Namespace extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    const level = props.podSecurity ?? 'restricted';
    if (level !== 'restricted' && !props.reason) {
      throw new Error(`namespace ${props.name} asks for Pod Security ${level}: give the reason`);
    }
    new KubeNamespace(this, 'namespace', {
      metadata: {
        name: props.name,
        labels: {
          'app.kubernetes.io/name': props.name,
          'app.kubernetes.io/part-of': partOf,
          'app.kubernetes.io/managed-by': 'cdk8s',
          ...Object.fromEntries(
            ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]),
          ),
        },
        ...(props.reason && { annotations: { 'ops.chatroom.io/pod-security-reason': props.reason } }),
      },
    });
  }
}
