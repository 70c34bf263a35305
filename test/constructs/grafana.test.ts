import { parse } from 'yaml';
import { ofKind, type Manifest, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import { Grafana } from '../../constructs/grafana';
import { NetworkFlows } from '../../constructs/network-flows';
import { NotificationSink } from '../../constructs/notification-sink';
import { catalogue } from '../../monitoring/catalogue';
import { production } from '../../monitoring/environments/production';
import { dashboardFiles } from '../../monitoring/render/grafana';
import { objectsOf, only } from './objects';

type Pod = PodSpec & {
  readonly containers: readonly {
    readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
};
const template = (objects: readonly Manifest[]) =>
  only<WorkloadSpec>(objects, 'Deployment', 'grafana').spec.template;
const data = (objects: readonly Manifest[], name: string) =>
  only(objects, 'ConfigMap', name)['data'] as Readonly<Record<string, string>>;

describe('Grafana', () => {
  const model = catalogue(production);
  const written = (locale: 'zh-CN' | 'en' = 'zh-CN') =>
    objectsOf((scope) => {
      new Grafana(scope, 'grafana', {
        namespace: 'monitoring',
        catalogue: catalogue({ ...production, locale }),
        prometheus: { name: 'prometheus', namespace: 'monitoring', ports: { web: 9090 } },
        flows: new NetworkFlows(scope, 'flows'),
        resources: { cpu: '50m', memory: '256Mi' },
      });
    });
  const objects = written();
  const pod = template(objects).spec as Pod;

  it('asks the Prometheus that it is given', () => {
    const { datasources } = parse(data(objects, 'grafana-datasources')['chatroom.yml'] ?? '') as {
      datasources: { url: string; isDefault?: boolean }[];
    };
    expect(datasources.map(({ url }) => url)).toContain('http://prometheus.monitoring.svc:9090');
  });

  it('finds each board of the model in a folder below the one that it is told to read', () => {
    const { providers } = parse(data(objects, 'grafana-dashboards')['chatroom.yml'] ?? '') as {
      providers: { options: { path: string } }[];
    };
    const boards = ofKind(objects, 'ConfigMap').filter(
      ({ metadata }) => metadata.labels?.['grafana_dashboard'],
    );
    expect(boards.length).toBe(dashboardFiles(model).size);
    for (const { metadata } of boards) {
      const mount = pod.containers[0]?.volumeMounts.find(({ name }) => name === metadata.name);
      expect(mount?.mountPath.startsWith(`${providers[0]?.options.path}/`)).toBe(true);
    }
  });

  it('starts anew when a board changes, and only then', () => {
    const annotations = (some: readonly Manifest[]) =>
      (template(some).metadata as { annotations?: unknown }).annotations;
    expect(annotations(written())).toEqual(annotations(objects));
    expect(annotations(written('en'))).not.toEqual(annotations(objects));
  });

  it('speaks the language of its environment, and knows its administrator by reference', () => {
    const variable = (some: readonly Manifest[], name: string) =>
      (template(some).spec as Pod).containers[0]?.env.find((one) => one.name === name);
    expect(variable(objects, 'GF_USERS_DEFAULT_LANGUAGE')?.value).toBe('zh-Hans');
    expect(variable(written('en'), 'GF_USERS_DEFAULT_LANGUAGE')?.value).toBe('en-US');
    expect(variable(objects, 'GF_SECURITY_ADMIN_PASSWORD')).toEqual({
      name: 'GF_SECURITY_ADMIN_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'grafana-admin', key: 'password' } },
    });
  });
});

describe('the sink of notifications', () => {
  const objects = objectsOf((scope) => {
    new NotificationSink(scope, 'sink', { namespace: 'monitoring', flows: new NetworkFlows(scope, 'flows') });
  });

  it('takes mails and Slack messages, and can send nothing on', () => {
    const ports = ofKind<{ ports: { name: string; port: number }[] }>(objects, 'Service').map(
      ({ metadata, spec }) => [metadata.name, spec.ports.map(({ port }) => port)],
    );
    expect(ports).toEqual([
      ['mail-catcher', [1025, 8025]],
      ['slack-catcher', [8080]],
    ]);
    for (const { spec } of ofKind<{ egress?: unknown }>(objects, 'NetworkPolicy'))
      expect(spec.egress).toBeUndefined();
  });

  it('keeps mails only as long as its pod lives', () => {
    const { volumes } = only<WorkloadSpec>(objects, 'Deployment', 'mail-catcher').spec.template
      .spec as unknown as {
      volumes: { name: string; emptyDir?: object }[];
    };
    expect(volumes.filter(({ emptyDir }) => emptyDir === undefined)).toEqual([]);
  });
});
