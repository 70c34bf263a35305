/** An object as it is written; its spec is typed by whoever looks into it. */
export interface Manifest<Spec = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Spec;
  readonly [field: string]: unknown;
}

/** What is wrong with one object, in words that name the remedy. */
export interface Problem {
  readonly object: Manifest;
  readonly message: string;
}

/** Looks at all objects of an environment together. */
export type Check = (objects: readonly Manifest[]) => readonly Problem[];

/** `Kind namespace/name` */
export function nameOf({ kind, metadata: { namespace, name } }: Manifest): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** The objects of some kinds, whose spec the caller knows. */
export function ofKind<Spec>(
  objects: readonly Manifest[],
  ...kinds: readonly string[]
): readonly Manifest<Spec>[] {
  return objects.filter(({ kind }) => kinds.includes(kind)) as readonly Manifest<Spec>[];
}

export type Labels = Readonly<Record<string, string>>;

/** Whether labels have everything that `matchLabels` asks for. */
export function has(labels: Labels | undefined, matchLabels: Labels | undefined): boolean {
  return Object.entries(matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
}

export interface PodTemplate {
  readonly owner: Manifest;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
}

export interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  }[];
  /** Of ours only those that stay, beside the containers. */
  readonly initContainers?: PodSpec['containers'];
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

/** Of Deployments, StatefulSets and DaemonSets. */
export interface WorkloadSpec {
  readonly replicas?: number;
  readonly selector: { readonly matchLabels: Labels };
  readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
}

interface OperatedSpec {
  readonly image: string;
  readonly serviceAccountName: string;
  readonly shards?: number;
  readonly podMetadata?: { readonly labels?: Labels };
}

/** The pods that will be, as far as we write them; those of prometheus-operator's kinds with the ports it gives them. */
export function podTemplates(objects: readonly Manifest[]): readonly PodTemplate[] {
  return objects.flatMap((owner): PodTemplate[] => {
    const namespace = owner.metadata.namespace ?? '';
    switch (owner.kind) {
      case 'Deployment':
      case 'StatefulSet':
      case 'DaemonSet': {
        const { metadata, spec } = (owner.spec as WorkloadSpec).template;
        const containers = [...spec.containers, ...(spec.initContainers ?? [])];
        return [{ owner, namespace, labels: metadata.labels, spec: { ...spec, containers } }];
      }
      case 'Prometheus':
      case 'Alertmanager': {
        const name = owner.kind.toLowerCase();
        const ports = [{ name: 'web', containerPort: name === 'prometheus' ? 9090 : 9093 }];
        const { image, serviceAccountName, podMetadata, shards = 1 } = owner.spec as OperatedSpec;
        const spec = { serviceAccountName, containers: [{ name, image, ports }] };
        const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': owner.metadata.name };
        return Array.from({ length: shards }, (_, shard) => ({
          owner,
          namespace,
          labels: { ...podMetadata?.labels, ...labels, 'operator.prometheus.io/shard': String(shard) },
          spec,
        }));
      }
      default:
        return [];
    }
  });
}
