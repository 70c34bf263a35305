import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterEnvironment } from '../../../constructs/environment';
import type { Manifest } from '../../../constructs/checks/manifest';
import { requiredSecrets } from '../../../constructs/secrets';
import { synthesize } from '../../../constructs/synthesize';
import { secretObjects } from '../../../examples/kind/secrets';
import type { Answer } from '../control-plane/kubectl';
import { crdFolder } from '../control-plane/locate';
import { startControlPlane, type ControlPlane } from '../control-plane/start';

/** A control plane that knows prometheus-operator's kinds, and the manifests of one environment beside it. */
export interface Cluster {
  readonly plane: ControlPlane;
  readonly environment: ClusterEnvironment;
  /** Folder of the synthesized manifests. */
  readonly manifests: string;
  readonly objects: readonly Manifest[];
  /** `kubectl apply --server-side` of a folder, or of objects. */
  apply(what: string | readonly object[]): Promise<Answer>;
}

/** Starts a control plane with the definitions installed and one node registered; nothing is applied yet. */
export async function startCluster(environment: ClusterEnvironment): Promise<Cluster> {
  const plane = await startControlPlane();
  try {
    const manifests = mkdtempSync(join(plane.folder, 'manifests-'));
    const objects = synthesize(environment, manifests);
    const cluster: Cluster = {
      plane,
      environment,
      manifests,
      objects,
      apply: (what) =>
        typeof what === 'string'
          ? plane.kubectl(['apply', '--server-side', '-f', what])
          : plane.kubectl(['apply', '--server-side', '-f', '-'], list(what)),
    };
    const definitions = await cluster.apply(crdFolder());
    if (definitions.code !== 0 || definitions.stderr !== '') throw new Error(definitions.stderr);
    await plane.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
    // Without a node a DaemonSet has no pods, and nobody would hear that they are not admitted.
    await cluster.apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } }]);
    return cluster;
  } catch (failure) {
    await plane.stop();
    throw failure;
  }
}

/** What addresses that are secrets begin with. */
export const madeUpAddress = 'https://made-up.example/';

/** The Secrets of the environment, with made-up values. */
export function madeUpSecrets(environment: ClusterEnvironment): readonly object[] {
  const required = requiredSecrets(environment);
  const given = Object.fromEntries(
    required
      .filter(({ given }) => given)
      .map(({ key }) => [key, key.endsWith('-url') ? `${madeUpAddress}${key}` : `made-up-${key}`]),
  );
  return secretObjects(required, given);
}

export function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
