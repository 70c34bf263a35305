import { parse } from 'yaml';
import { ofKind, type Manifest, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import { Board } from '../../constructs/board';
import { Grafana } from '../../constructs/grafana';
import { NetworkFlows } from '../../constructs/network-flows';
import { NotificationSink } from '../../constructs/notification-sink';
import { objectsOf, only } from './objects';

type Pod = Omit<PodSpec, 'containers'> & {
  readonly containers: readonly {
    readonly name: string;
    readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
};
const template = (objects: readonly Manifest[]) =>
  only<WorkloadSpec>(objects, 'Deployment', 'grafana').spec.template;
const data = (objects: readonly Manifest[], name: string) =>
  only(objects, 'ConfigMap', name)['data'] as Readonly<Record<string, string>>;

describe('Grafana', () => {
  const written = (language?: 'zh-Hans', more: (grafana: Grafana) => void = () => undefined) =>
    objectsOf((scope) => {
      const grafana = new Grafana(scope, 'grafana', {
        namespace: 'monitoring',
        url: 'https://grafana.example.com',
        language,
        prometheus: { name: 'prometheus', namespace: 'monitoring', ports: { web: 9090 } },
        flows: new NetworkFlows(scope, 'flows'),
        resources: { cpu: '50m', memory: '256Mi' },
      });
      more(grafana);
    });
  const objects = written();
  const pod = template(objects).spec as unknown as Pod;
  const annotations = (some: readonly Manifest[]) =>
    (template(some).metadata as { annotations?: Readonly<Record<string, string>> }).annotations;

  it('asks the Prometheus that it is given, and starts anew when it is to ask something else as well', () => {
    const { datasources } = parse(data(objects, 'grafana-datasources')['chatroom.yml'] ?? '') as {
      datasources: { url: string; isDefault?: boolean }[];
    };
    expect(datasources.map(({ url }) => url)).toEqual(['http://prometheus.monitoring.svc:9090']);

    const loki = { name: 'Loki', type: 'loki', url: 'http://loki.logs.svc:3100' };
    const more = written(undefined, (grafana) => grafana.addDatasource(loki));
    expect(Object.keys(data(more, 'grafana-datasources'))).toEqual(['chatroom.yml', 'loki.yml']);
    expect(parse(data(more, 'grafana-datasources')['loki.yml'] ?? '')).toMatchObject({
      datasources: [{ ...loki, uid: 'Loki', isDefault: false }],
    });
    const digest = 'ops.chatroom.io/config-grafana-datasources';
    expect(annotations(objects)?.[digest]).toMatch(/^[0-9a-f]{16}$/);
    expect(annotations(more)?.[digest]).not.toBe(annotations(objects)?.[digest]);
    expect(annotations(written())).toEqual(annotations(objects));
    expect(() =>
      written(undefined, (grafana) => {
        grafana.addDatasource(loki);
        grafana.addDatasource({ ...loki, name: 'loki' });
      }),
    ).toThrow('grafana-datasources has a file loki.yml already: choose another name');
  });

  it('shows boards of its namespace, whoever wrote them, from the folder into which its sidecar puts them', () => {
    const { providers } = parse(data(objects, 'grafana-dashboards')['chatroom.yml'] ?? '') as {
      providers: { options: { path: string } }[];
    };
    const sidecar = pod.containers.find(({ name }) => name === 'boards');
    const variables = Object.fromEntries((sidecar?.env ?? []).map(({ name, value }) => [name, value]));
    const boards = objectsOf((scope) => {
      new Board(scope, 'theirs', { file: 'Orders.json', dashboard: { title: 'Orders' } });
    });
    const [board] = ofKind(boards, 'ConfigMap');
    expect(board?.metadata.labels?.[variables['LABEL'] ?? '']).toBe(variables['LABEL_VALUE']);
    expect(board?.metadata.namespace).toBe(variables['NAMESPACE']);
    expect(variables['FOLDER']).toBe(providers[0]?.options.path);
    const mounts = pod.containers.map(({ volumeMounts }) =>
      volumeMounts.find(({ mountPath }) => mountPath === variables['FOLDER']),
    );
    expect(mounts.map((mount) => mount?.name)).toEqual(['boards', 'boards']);
  });

  it('does not start anew for a board', () => {
    const more = written(undefined, (grafana) =>
      grafana.addBoard({ file: 'orders.json', dashboard: { title: 'Orders' } }),
    );
    expect(only(more, 'ConfigMap', 'board-orders').metadata.namespace).toBe('monitoring');
    expect(template(more)).toEqual(template(objects));
  });

  it('may read ConfigMaps of its own namespace, and nothing else', () => {
    expect(only(objects, 'Role', 'grafana')).toMatchObject({
      metadata: { namespace: 'monitoring' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    });
    expect(ofKind(objects, 'Role', 'ClusterRole')).toHaveLength(1);
  });

  it('speaks the language of its environment, and knows its administrator by reference', () => {
    const variable = (some: readonly Manifest[], name: string) =>
      (template(some).spec as unknown as Pod).containers[0]?.env.find((one) => one.name === name);
    expect(variable(objects, 'GF_USERS_DEFAULT_LANGUAGE')?.value).toBe('en-US');
    expect(variable(written('zh-Hans'), 'GF_USERS_DEFAULT_LANGUAGE')?.value).toBe('zh-Hans');
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
