import type { Construct } from 'constructs';
import { ofKind, type Manifest, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import { PostgreSql } from '../../constructs/postgresql';
import { Redis } from '../../constructs/redis';
import { objectsOf, only } from './objects';

const props = { namespace: 'data', storage: '1Gi', resources: { cpu: '50m', memory: '256Mi' } };
const stores = {
  postgresql: objectsOf((scope) => void new PostgreSql(scope, 'store', props)),
  redis: objectsOf((scope) => void new Redis(scope, 'store', { ...props, maxMemory: '64mb' })),
};

type Container = PodSpec['containers'][number] & {
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
} & Readonly<
    Record<
      'readinessProbe' | 'livenessProbe' | 'startupProbe',
      { readonly exec: { readonly command: string[] } }
    >
  >;

describe.each([
  ['postgresql', 5432, '/var/lib/postgresql/data'],
  ['redis', 6379, '/data'],
] as const)('%s', (name, port, data) => {
  const objects = stores[name];
  const { spec } = only<WorkloadSpec & { serviceName: string; volumeClaimTemplates: unknown[] }>(
    objects,
    'StatefulSet',
  );
  const [container] = spec.template.spec.containers as unknown as readonly Container[];

  it('keeps what it knows on a volume of the size that it is given', () => {
    expect(spec.volumeClaimTemplates).toMatchObject([
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ]);
    expect(container?.volumeMounts).toContainEqual({ name: 'data', mountPath: data });
  });

  it('takes its volume from the class that is named, and else from that of the cluster', () => {
    const claim = (all: readonly Manifest[]) =>
      only<{ volumeClaimTemplates: { spec: { storageClassName?: string } }[] }>(all, 'StatefulSet').spec
        .volumeClaimTemplates[0]?.spec;
    expect(claim(objects)).not.toHaveProperty('storageClassName');
    const fast = { ...props, storageClass: 'fast' };
    const create = {
      postgresql: (scope: Construct) => void new PostgreSql(scope, 'store', fast),
      redis: (scope: Construct) => void new Redis(scope, 'store', { ...fast, maxMemory: '64mb' }),
    };
    expect(claim(objectsOf(create[name]))?.storageClassName).toBe('fast');
  });

  it('does not give every file its owner anew at every start', () => {
    expect(spec.template.spec).toMatchObject({
      securityContext: { fsGroupChangePolicy: 'OnRootMismatch' },
    });
  });

  it('is reached by one name that stays, and has another for each pod, as a StatefulSet needs', () => {
    const services = ofKind<{ clusterIP?: string; ports: { port: number }[] }>(objects, 'Service');
    expect(
      services.map(({ metadata, spec: { clusterIP, ports } }) => [metadata.name, clusterIP, ports[0]?.port]),
    ).toEqual([
      [name, undefined, port],
      [`${name}-pods`, 'None', port],
    ]);
    expect(spec.serviceName).toBe(`${name}-pods`);
  });

  it('is given no work while it reads what it saved, and is not ended for that either', () => {
    const asked = (probe: 'readinessProbe' | 'livenessProbe') => container?.[probe].exec.command.join(' ');
    expect(asked('livenessProbe')).not.toBe(asked('readinessProbe'));
    expect(asked('livenessProbe')).toMatch(/test \$\? -le 1|LOADING/);
    expect(container?.startupProbe.exec.command).toEqual(container?.livenessProbe.exec.command);
  });

  it('knows passwords by reference only', () => {
    const passwords = container?.env.filter((one) => one.name.endsWith('PASSWORD')) ?? [];
    expect(passwords.length).toBeGreaterThan(0);
    for (const { value, valueFrom } of passwords) {
      expect(value).toBeUndefined();
      expect(valueFrom).toMatchObject({ secretKeyRef: { name } });
    }
  });
});
