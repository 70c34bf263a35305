import { ConfigFiles } from '../../constructs/config-files';
import type { PodSpec, WorkloadSpec } from '../../constructs/checks/manifest';
import { Workload, type WorkloadProps } from '../../constructs/workload';
import { objectsOf, only } from './objects';

const props: WorkloadProps = {
  name: 'thing',
  namespace: 'somewhere',
  component: 'server',
  user: 1000,
  containers: [
    {
      name: 'thing',
      image: 'example.com/thing:1.2.3',
      ports: { http: 80 },
      resources: { cpu: '1m', memory: '1Mi' },
    },
  ],
};
const written = (more: Partial<WorkloadProps> = {}) =>
  objectsOf((scope) => void new Workload(scope, 'thing', { ...props, ...more }));

describe('a workload', () => {
  it('is pods, an account of its own and a Service, and nothing else', () => {
    expect(written().map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Deployment', 'Service']);
  });

  it('carries the recommended labels and selects by those that never change', () => {
    const { metadata, spec } = only<WorkloadSpec>(written(), 'Deployment');
    expect(metadata.labels).toEqual({
      'app.kubernetes.io/name': 'thing',
      'app.kubernetes.io/instance': 'chatroom',
      'app.kubernetes.io/component': 'server',
      'app.kubernetes.io/part-of': 'chatroom',
      'app.kubernetes.io/managed-by': 'cdk8s',
      'app.kubernetes.io/version': '1.2.3',
    });
    expect(spec.selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'thing',
      'app.kubernetes.io/instance': 'chatroom',
    });
  });

  it('gives its pods no root, no capability, no writable image and no token', () => {
    const { template } = only<WorkloadSpec>(written(), 'Deployment').spec;
    expect(template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
  });

  it('keeps what stays beside its containers from before they start until after they end', () => {
    const [container] = props.containers;
    const beside = { ...container, name: 'beside', ports: { metrics: 9000 } };
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
      const objects = written({ kind, sidecars: [beside] });
      const { spec } = only<WorkloadSpec>(objects, kind).spec.template;
      expect(spec.containers.map(({ name }) => name)).toEqual(['thing']);
      expect(spec.initContainers).toMatchObject([
        { name: 'beside', restartPolicy: 'Always', securityContext: { readOnlyRootFilesystem: true } },
      ]);
      const services = objects.filter((object) => object.kind === 'Service');
      expect(services[0]?.spec).toMatchObject({ ports: [{ port: 80 }, { port: 9000 }] });
    }
  });

  it('leaves the number of pods to an autoscaler, and guards several against disruption', () => {
    const objects = written({ scale: { min: 3, max: 9 } });
    expect(only<WorkloadSpec>(objects, 'Deployment').spec.replicas).toBeUndefined();
    expect(only(objects, 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 3, maxReplicas: 9 });
    expect(only(objects, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1 });
    expect(only<WorkloadSpec>(written({ scale: 2 }), 'Deployment').spec.replicas).toBe(2);
  });

  it('rolls its pods when the content of a file changes, under the same names', () => {
    const annotations = (content: string) => {
      const objects = objectsOf((scope) => {
        const config = new ConfigFiles(scope, 'config', {
          identity: { name: 'thing-config', component: 'server' },
          namespace: 'somewhere',
          files: { 'a.conf': content },
        });
        const [container] = props.containers;
        new Workload(scope, 'thing', {
          ...props,
          containers: [{ ...container, mounts: [{ path: '/etc/thing', config }] }],
        });
      });
      expect(only(objects, 'ConfigMap').metadata.name).toBe('thing-config');
      const { template } = only<WorkloadSpec>(objects, 'Deployment').spec;
      return (template.metadata as { annotations?: Record<string, string> }).annotations;
    };
    expect(annotations('a')).toEqual(annotations('a'));
    expect(annotations('a')).not.toEqual(annotations('b'));
  });

  it('reads secrets by reference and never by value', () => {
    const [container] = props.containers;
    const objects = written({
      containers: [{ ...container, environment: { TOKEN: { secret: 'tokens', key: 'mine' }, PLAIN: 'x' } }],
    });
    const { containers } = only<WorkloadSpec>(objects, 'Deployment').spec.template.spec as PodSpec & {
      containers: { env: unknown }[];
    };
    expect(containers[0]?.env).toEqual([
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'tokens', key: 'mine' } } },
      { name: 'PLAIN', value: 'x' },
    ]);
  });

  it('refuses a Service for a port that no container has', () => {
    expect(() => written({ services: [{ name: 'thing', ports: ['https'] }] })).toThrow(
      'service somewhere/thing names port "https", which no container of thing has: http',
    );
  });

  it('refuses an image that is another one tomorrow', () => {
    const [container] = props.containers;
    for (const image of ['example.com/thing', 'example.com/thing:latest', 'example.com:5000/thing']) {
      expect(() => written({ containers: [{ ...container, image }] })).toThrow(/is not pinned/);
    }
  });
});
