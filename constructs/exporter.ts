import { Construct } from 'constructs';
import type { Exporter as ExporterModel } from '../monitoring/model/exporter';
import type { NetworkFlows, Peer } from './network-flows';
import type { SecretKey } from './secret-key';
import { Workload, type ContainerProps, type EnvironmentValue, type Mount } from './workload';

/** What an exporter looks at. */
export interface Watched {
  /** Replaces `$(ADDRESS)` in the exporter's arguments and environment, e.g. `redis://redis.chatroom.svc:6379`. */
  readonly address: string;
  /** Password that the exporter logs in with. @default - none needed */
  readonly password?: SecretKey;
  /** Makes the value of a secret variable out of `$(PASSWORD)`. @default - the password itself */
  readonly secretValue?: (kind: 'postgres-dsn' | 'redis-password') => string;
  /** More of its environment. @default - nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** What it finds in its file system. @default - nothing */
  readonly mounts?: readonly Mount[];
}

/** Name of the port of an exporter that is the only one in its pod. */
export const metricsPort = 'metrics';

/**
 * An exporter of the model as a container.
 * @param port what its port is called, which in a pod with several must differ
 * @throws {Error} when the model says it needs a secret and none is given
 */
export function exporterContainer(
  exporter: ExporterModel,
  watched: Watched,
  port = metricsPort,
): ContainerProps {
  const fill = (text: string) => text.replaceAll('$(ADDRESS)', watched.address);
  const { watches = {} } = exporter;
  const secretNames = Object.entries(watches.secretEnv ?? {});
  if (secretNames.length > 0 && !watched.password) {
    throw new Error(`${exporter.job} logs in somewhere: give the password it uses`);
  }
  const environment: Record<string, EnvironmentValue> = {
    ...(watched.password && { PASSWORD: watched.password }),
    ...Object.fromEntries(Object.entries(watches.env ?? {}).map(([name, value]) => [name, fill(value)])),
    ...Object.fromEntries(
      secretNames.map(([name, kind]) => [name, watched.secretValue?.(kind) ?? '$(PASSWORD)']),
    ),
    ...watched.environment,
  };
  return {
    name: exporter.job,
    image: exporter.image,
    args: [...exporter.args, ...(watches.args ?? []).map(fill)],
    ...(Object.keys(environment).length > 0 && { environment }),
    ports: { [port]: exporter.port },
    readiness: { http: { path: '/', port } },
    liveness: { http: { path: '/', port }, failures: 6 },
    resources: { cpu: '10m', memory: exporter.memory ?? '64Mi' },
    ...(watched.mounts && watched.mounts.length > 0 && { mounts: watched.mounts }),
  };
}

export interface ExporterProps {
  readonly namespace: string;
  readonly exporter: ExporterModel;
  readonly watched: Watched & { readonly peer: Peer; readonly port: number };
  readonly flows: NetworkFlows;
}

/** A process beside a service that turns its state into metrics. */
export class Exporter extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, { namespace, exporter, watched, flows }: ExporterProps) {
    super(scope, id);
    this.workload = new Workload(this, 'exporter', {
      name: exporter.job,
      namespace,
      component: 'exporter',
      user: 65534,
      containers: [exporterContainer(exporter, watched)],
    });
    flows.allow({ from: this.workload, to: watched.peer, ports: [watched.port], purpose: 'statistics' });
  }
}
