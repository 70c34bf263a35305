import type { PrometheusSpec } from '../imports/monitoring.coreos.com';

// What pods that prometheus-operator makes have in common.

/** What Pod Security `restricted` wants of a pod; prometheus-operator hardens the containers itself. */
export const restrictedPod = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 2000,
  fsGroup: 2000,
  fsGroupChangePolicy: 'OnRootMismatch' as const,
  seccompProfile: { type: 'RuntimeDefault' as const },
};

/** A volume of its own for each pod. */
export function volume(size: string, storageClassName?: string): NonNullable<PrometheusSpec['storage']> {
  const spec = {
    accessModes: ['ReadWriteOnce' as const],
    ...(storageClassName && { storageClassName }),
    resources: { requests: { storage: size } },
  };
  type Template = NonNullable<PrometheusSpec['storage']>['volumeClaimTemplate'];
  // The types ask for an apiVersion of monitoring.coreos.com here; the kind has none, being embedded.
  return { volumeClaimTemplate: { spec } as unknown as NonNullable<Template> };
}

/**
 * Never two of them on one node: a pair that dies together is no pair.
 * @param sameIn - labels by which they fall into groups; of two groups one each may share a node
 */
export function apart(matchLabels: Readonly<Record<string, string>>, sameIn: readonly string[] = []) {
  return {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          labelSelector: { matchLabels: { ...matchLabels } },
          topologyKey: 'kubernetes.io/hostname',
          ...(sameIn.length > 0 && { matchLabelKeys: [...sameIn] }),
        },
      ],
    },
  };
}
