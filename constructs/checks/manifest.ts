/** An object as it is written, loosely: what the checks look at is typed where they look. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- fifteen kinds, read by a check each
  readonly spec?: any;
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

export function ofKind(objects: readonly Manifest[], ...kinds: readonly string[]): readonly Manifest[] {
  return objects.filter(({ kind }) => kinds.includes(kind));
}

type Labels = Readonly<Record<string, string>>;

/** Whether labels have everything that `matchLabels` asks for. */
export function has(labels: Labels | undefined, matchLabels: Labels | undefined): boolean {
  return Object.entries(matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
}

export interface PodTemplate {
  readonly owner: Manifest;
  readonly namespace: string;
  readonly labels: Labels;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the pod spec, see Manifest
  readonly spec: any;
}

/** The pods that will be, as far as we write them; those of prometheus-operator's kinds with the ports it gives them. */
export function podTemplates(objects: readonly Manifest[]): readonly PodTemplate[] {
  return objects.flatMap((owner): PodTemplate[] => {
    const namespace = owner.metadata.namespace ?? '';
    switch (owner.kind) {
      case 'Deployment':
      case 'StatefulSet':
      case 'DaemonSet': {
        const { metadata, spec } = owner.spec.template as { metadata: { labels: Labels }; spec: object };
        return [{ owner, namespace, labels: metadata.labels, spec }];
      }
      case 'Prometheus':
      case 'Alertmanager': {
        const name = owner.kind.toLowerCase();
        const ports = [{ name: 'web', containerPort: name === 'prometheus' ? 9090 : 9093 }];
        const spec = {
          serviceAccountName: owner.spec.serviceAccountName as string,
          containers: [{ name, image: owner.spec.image as string, ports }],
        };
        const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': owner.metadata.name };
        return [
          { owner, namespace, labels: { ...(owner.spec.podMetadata?.labels as Labels), ...labels }, spec },
        ];
      }
      default:
        return [];
    }
  });
}
