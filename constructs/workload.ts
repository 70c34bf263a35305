import {
  IntOrString,
  KubeDaemonSet,
  KubeDeployment,
  KubeHorizontalPodAutoscalerV2,
  KubePodDisruptionBudget,
  KubeService,
  KubeServiceAccount,
  KubeStatefulSet,
  Quantity,
  type Container,
  type EnvVar,
  type PodTemplateSpec,
  type Probe as KubeProbe,
  type Volume,
  type VolumeMount,
} from 'cdk8s-plus-27/lib/imports/k8s';
import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { recommendedLabels, selectorLabels, type Component } from './component';
import type { ConfigFiles } from './config-files';
import { isSecretKey, type SecretKey } from './secret-key';
import { resourceRequirements, type Resources } from './resources';

/** A value in a container's environment: text, a secret, or a fact about the pod such as `status.podIP`. */
export type EnvironmentValue = string | SecretKey | { readonly field: string };

/** How Kubernetes learns whether a container works. */
export interface Probe {
  /** A path to ask for, on the port of that name. @default - the command is run */
  readonly http?: { readonly path: string; readonly port: string };
  /** What ends with 0 as long as all is well. @default - the path is asked for */
  readonly command?: readonly string[];
  /** @default 10 */
  readonly everySeconds?: number;
  /** @default 3 */
  readonly failures?: number;
}

/** Something in a container's file system. */
export type Mount =
  | { readonly path: string; readonly config: ConfigFiles }
  /** Some keys of a Secret, each a file, and none of its other keys. */
  | { readonly path: string; readonly secret: string; readonly keys: readonly string[] }
  /** Empty, gone with the pod, and ended with it before it fills the disk of the node. @default size - 256Mi */
  | { readonly path: string; readonly scratch: string; readonly size?: string }
  /** The workload's volume. */
  | { readonly path: string; readonly storage: true }
  /** A folder of the node, read-only. */
  | { readonly path: string; readonly host: string }
  /** Several configs in one folder, each in its own subfolder. */
  | {
      readonly path: string;
      readonly configs: readonly { readonly config: ConfigFiles; readonly folder: string }[];
    };

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** @default - none */
  readonly args?: readonly string[];
  /** @default - none */
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  /** Ports it listens on, by name. @default - none */
  readonly ports?: Readonly<Record<string, number>>;
  /** Whether to send it requests. @default - as soon as it runs */
  readonly readiness?: Probe;
  /** Whether to restart it. @default - only when it exits */
  readonly liveness?: Probe;
  /** How long it may take to start; readiness and liveness wait for it. @default - none */
  readonly startup?: Probe;
  readonly resources: Resources;
  /** @default - none */
  readonly mounts?: readonly Mount[];
  /** Command before it is asked to end, such as a pause while it is taken out of rotation. @default - none */
  readonly preStop?: readonly string[];
}

/** How many pods: a fixed number, or as many as the load needs. */
export type Scale =
  | number
  | {
      readonly min: number;
      readonly max: number;
      /** Average use of the promised processor share that is aimed at. @default 70 */
      readonly cpuPercent?: number;
    };

export interface WorkloadProps {
  readonly name: string;
  readonly namespace: string;
  /** Its role: `server`, `database`, `exporter`... */
  readonly component: string;
  /** @default Deployment */
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  /** @default 1 */
  readonly scale?: Scale;
  readonly containers: readonly [ContainerProps, ...ContainerProps[]];
  /**
   * What runs beside the containers, from before they start until after they have ended. Needs Kubernetes 1.29.
   * @default - nothing
   */
  readonly sidecars?: readonly ContainerProps[];
  /** User and group that the containers run as; also owner of its volumes. */
  readonly user: number;
  /** A volume of its own, for a StatefulSet. @default - none */
  readonly storage?: { readonly size: string; readonly className?: string | undefined };
  /** Whether its pods may talk to the API server. @default false */
  readonly apiAccess?: boolean;
  /** Seconds between being asked to end and being ended. @default 30 */
  readonly graceSeconds?: number;
  /** Sees the node's network and processes, as only something that watches the node may. @default false */
  readonly onHost?: boolean;
  /** @default - the name of the workload, one port for each port of its containers */
  readonly services?: readonly ServiceProps[];
}

export interface ServiceProps {
  readonly name: string;
  /** Names of container ports. */
  readonly ports: readonly string[];
  /** Port of the service where it differs from the container's. @default - the same */
  readonly as?: Readonly<Record<string, number>>;
  /** @default false */
  readonly headless?: boolean;
}

/** What makes pods, as it is written. */
type Controller = ApiObjectProps & {
  readonly spec: {
    readonly volumeClaimTemplates?: { apiVersion?: string; kind?: string }[];
    readonly template: { readonly spec: { readonly initContainers?: { restartPolicy?: string }[] } };
  };
};

/**
 * Pods that comply with Pod Security `restricted`, under a ServiceAccount of their own, behind a Service, spread over
 * nodes, and guarded against disruption when there are several.
 */
export class Workload extends Construct implements Component {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, number>>;
  readonly serviceAccount: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadProps,
  ) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    this.selector = selectorLabels(props.name);
    this.serviceAccount = props.name;
    this.ports = Object.assign({}, ...this.everyContainer.map(({ ports }) => ports ?? {})) as Record<
      string,
      number
    >;

    new KubeServiceAccount(this, 'account', {
      metadata: this.metadata(),
      automountServiceAccountToken: props.apiAccess ?? false,
    });
    this.pods();
    for (const service of this.services()) this.service(service);
    this.scaling();
  }

  private get everyContainer(): readonly ContainerProps[] {
    return [...this.props.containers, ...(this.props.sidecars ?? [])];
  }

  private metadata(name = this.name) {
    const { component, containers } = this.props;
    return {
      name,
      namespace: this.namespace,
      labels: recommendedLabels({ name: this.name, component, image: containers[0].image }),
    };
  }

  private pods(): void {
    const manifest = this.controller();
    // The types are older than what makes an initial container stay, and leave out what they do not know.
    for (const sidecar of manifest.spec.template.spec.initContainers ?? []) sidecar.restartPolicy = 'Always';
    // The API server says of claims that they are claims, which who compares would find for ever.
    for (const claim of manifest.spec.volumeClaimTemplates ?? []) {
      claim.apiVersion = 'v1';
      claim.kind = 'PersistentVolumeClaim';
    }
    new ApiObject(this, 'pods', manifest);
  }

  /** What makes the pods and keeps as many as there should be. */
  private controller(): Controller {
    const { kind = 'Deployment', scale = 1, storage } = this.props;
    const template = this.template();
    const metadata = this.metadata();
    const selector = { matchLabels: this.selector };
    // Where an autoscaler decides how many there are, saying a number here would fight it at every apply.
    const replicas = typeof scale === 'number' ? { replicas: scale } : {};
    switch (kind) {
      case 'Deployment':
        return KubeDeployment.manifest({
          metadata,
          spec: {
            ...replicas,
            selector,
            template,
            revisionHistoryLimit: 3,
            strategy: {
              type: 'RollingUpdate',
              rollingUpdate: {
                maxUnavailable: IntOrString.fromNumber(0),
                maxSurge: IntOrString.fromNumber(1),
              },
            },
          },
        }) as Controller;
      case 'StatefulSet':
        return KubeStatefulSet.manifest({
          metadata,
          spec: {
            ...replicas,
            selector,
            template,
            serviceName: this.podsService,
            revisionHistoryLimit: 3,
            ...(storage && {
              volumeClaimTemplates: [
                {
                  metadata: { name: 'data', labels: this.selector },
                  spec: {
                    accessModes: ['ReadWriteOnce'],
                    volumeMode: 'Filesystem',
                    ...(storage.className && { storageClassName: storage.className }),
                    resources: { requests: { storage: Quantity.fromString(storage.size) } },
                  },
                },
              ],
            }),
          },
        }) as Controller;
      case 'DaemonSet':
        return KubeDaemonSet.manifest({
          metadata,
          spec: {
            selector,
            template,
            revisionHistoryLimit: 3,
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate: { maxUnavailable: IntOrString.fromString('10%') },
            },
          },
        }) as Controller;
    }
  }

  private template(): PodTemplateSpec {
    const { containers, sidecars = [], user, onHost, apiAccess, component, kind } = this.props;
    const configs = this.everyContainer.flatMap(({ mounts = [] }) => mounts.flatMap(configsOf));
    const volumes = this.everyContainer.flatMap(({ mounts = [] }) => mounts.flatMap(volumeOf));
    return {
      metadata: {
        labels: recommendedLabels({ name: this.name, component, image: containers[0].image }),
        annotations: {
          'kubectl.kubernetes.io/default-container': containers[0].name,
          ...Object.fromEntries(
            configs.map(({ name, digest }) => [`ops.chatroom.io/config-${name}`, digest]),
          ),
        },
      },
      spec: {
        serviceAccountName: this.serviceAccount,
        automountServiceAccountToken: apiAccess ?? false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: this.props.graceSeconds ?? 30,
        ...(onHost && { hostNetwork: true, hostPid: true, tolerations: [{ operator: 'Exists' }] }),
        securityContext: {
          runAsNonRoot: true,
          runAsUser: user,
          runAsGroup: user,
          fsGroup: user,
          // Else every file of a volume is given its owner anew at every start, which for many files takes minutes.
          fsGroupChangePolicy: 'OnRootMismatch',
          seccompProfile: { type: 'RuntimeDefault' },
        },
        ...(kind !== 'DaemonSet' && {
          topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
            (topologyKey) => ({
              maxSkew: 1,
              topologyKey,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: this.selector },
            }),
          ),
        }),
        ...(sidecars.length > 0 && { initContainers: sidecars.map(container) }),
        containers: containers.map(container),
        ...(volumes.length > 0 && { volumes: unique(volumes) }),
      },
    };
  }

  /** Name of the Service that names the pods of a StatefulSet one by one, as every StatefulSet needs one. */
  private get podsService(): string {
    return `${this.name}-pods`;
  }

  private services(): readonly ServiceProps[] {
    const ports = Object.keys(this.ports);
    const own = this.props.services ?? (ports.length > 0 ? [{ name: this.name, ports }] : []);
    return this.props.kind === 'StatefulSet'
      ? [...own, { name: this.podsService, ports, headless: true }]
      : own;
  }

  private service({ name, ports, as = {}, headless }: ServiceProps): void {
    const component = this.props.component;
    new KubeService(this, `service-${name}`, {
      metadata: {
        name,
        namespace: this.namespace,
        labels: recommendedLabels({ name, component, image: this.props.containers[0].image }),
      },
      spec: {
        ...(headless && { clusterIp: 'None' }),
        selector: this.selector,
        ports: ports.map((port) => {
          const number = this.ports[port];
          if (number === undefined) {
            throw new Error(
              `service ${this.namespace}/${name} names port "${port}", which no container of ${this.name} has: ${Object.keys(this.ports).join(', ')}`,
            );
          }
          return { name: port, port: as[port] ?? number, targetPort: IntOrString.fromString(port) };
        }),
      },
    });
  }

  private scaling(): void {
    const { scale = 1, kind = 'Deployment' } = this.props;
    if (kind === 'DaemonSet') return;
    const least = typeof scale === 'number' ? scale : scale.min;
    if (least > 1) {
      new KubePodDisruptionBudget(this, 'budget', {
        metadata: this.metadata(),
        spec: { selector: { matchLabels: this.selector }, maxUnavailable: IntOrString.fromNumber(1) },
      });
    }
    if (typeof scale === 'number') return;
    new KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: this.metadata(),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name: this.name },
        minReplicas: scale.min,
        maxReplicas: scale.max,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: scale.cpuPercent ?? 70 },
            },
          },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }],
          },
          // Every pod that goes sends its people to reconnect: leave slowly, one at a time.
          scaleDown: {
            stabilizationWindowSeconds: 600,
            policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }],
          },
        },
      },
    });
  }
}

function container(props: ContainerProps): Container {
  return {
    name: props.name,
    image: props.image,
    imagePullPolicy: 'IfNotPresent',
    ...(props.command && { command: [...props.command] }),
    // An empty list is one that the API server drops.
    ...(props.args?.length && { args: [...props.args] }),
    ...(props.environment && { env: Object.entries(props.environment).map(environmentVariable) }),
    ...(props.ports && {
      ports: Object.entries(props.ports).map(([name, containerPort]) => ({ name, containerPort })),
    }),
    ...(props.startup && { startupProbe: probe(props.startup) }),
    ...(props.readiness && { readinessProbe: probe(props.readiness) }),
    ...(props.liveness && { livenessProbe: probe(props.liveness) }),
    ...(props.preStop && { lifecycle: { preStop: { exec: { command: [...props.preStop] } } } }),
    resources: resourceRequirements(props.resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    ...(props.mounts && { volumeMounts: props.mounts.flatMap(volumeMount) }),
  };
}

function environmentVariable([name, value]: [string, EnvironmentValue]): EnvVar {
  if (typeof value === 'string') return { name, value };
  if (isSecretKey(value)) {
    return { name, valueFrom: { secretKeyRef: { name: value.secret, key: value.key } } };
  }
  return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
}

function probe({ http, command, everySeconds = 10, failures = 3 }: Probe): KubeProbe {
  return {
    ...(http && { httpGet: { path: http.path, port: IntOrString.fromString(http.port) } }),
    ...(command && { exec: { command: [...command] } }),
    periodSeconds: everySeconds,
    failureThreshold: failures,
    timeoutSeconds: Math.min(5, everySeconds),
  };
}

function configsOf(mount: Mount): readonly ConfigFiles[] {
  if ('config' in mount) return [mount.config];
  return 'configs' in mount ? mount.configs.map(({ config }) => config) : [];
}

function volumeOf(mount: Mount): Volume[] {
  if ('config' in mount) return [{ name: volumeName(mount), configMap: { name: mount.config.name } }];
  if ('secret' in mount)
    return [
      {
        name: volumeName(mount),
        secret: {
          secretName: mount.secret,
          items: [...new Set(mount.keys)].map((key) => ({ key, path: key })),
        },
      },
    ];
  if ('scratch' in mount) {
    return [{ name: volumeName(mount), emptyDir: { sizeLimit: Quantity.fromString(mount.size ?? '256Mi') } }];
  }
  if ('host' in mount) return [{ name: volumeName(mount), hostPath: { path: mount.host } }];
  if ('configs' in mount) {
    return mount.configs.map(({ config }) => ({ name: config.name, configMap: { name: config.name } }));
  }
  return [];
}

function volumeMount(mount: Mount): VolumeMount[] {
  if ('configs' in mount) {
    return mount.configs.map(({ config, folder }) => ({
      name: config.name,
      mountPath: `${mount.path}/${folder}`,
      readOnly: true,
    }));
  }
  const writable = 'scratch' in mount || 'storage' in mount;
  return [
    {
      name: volumeName(mount),
      mountPath: mount.path,
      ...(!writable && { readOnly: true }),
      ...('host' in mount && { mountPropagation: 'HostToContainer' }),
    },
  ];
}

function volumeName(mount: Exclude<Mount, { configs: unknown }>): string {
  if ('config' in mount) return mount.config.name;
  if ('secret' in mount) return mount.secret;
  if ('scratch' in mount) return mount.scratch;
  if ('host' in mount) return `host-${mount.path.split('/').at(-1) || 'root'}`;
  return 'data';
}

function unique(volumes: readonly Volume[]): Volume[] {
  return [...new Map(volumes.map((volume) => [volume.name, volume])).values()];
}
