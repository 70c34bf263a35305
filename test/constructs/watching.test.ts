import { Access } from '../../constructs/access';
import { Board } from '../../constructs/board';
import { ofKind } from '../../constructs/checks/manifest';
import { Namespace } from '../../constructs/namespaces';
import { OpenToPrometheus } from '../../constructs/open-to-prometheus';
import { RuleGroup } from '../../constructs/rule-group';
import { ServiceScrape } from '../../constructs/service-scrape';
import { objectsOf, only } from './objects';

describe('a scrape of a service', () => {
  const written = (more: object = {}) =>
    only(
      objectsOf((scope) => {
        new ServiceScrape(scope, 'scrape', { job: 'orders', namespace: 'shop', port: 'http', ...more });
      }),
      'ServiceMonitor',
    );

  it('reads by the name of the job, and lets alerts know the node', () => {
    const { metadata, spec } = written();
    expect(metadata).toMatchObject({ name: 'orders', namespace: 'shop', labels: { prometheus: 'chatroom' } });
    expect(spec).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'chatroom' },
      },
      endpoints: [
        {
          port: 'http',
          relabelings: [
            { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
          ],
        },
      ],
    });
  });

  it('says only what differs from what Prometheus does anyway', () => {
    const { spec } = written({ path: '/stats', interval: '10s', timeout: '5s', honorLabels: true });
    expect(spec).toMatchObject({
      endpoints: [{ path: '/stats', interval: '10s', scrapeTimeout: '5s', honorLabels: true }],
    });
  });

  it('can be for another Prometheus', () => {
    expect(written({ prometheus: 'theirs' }).metadata.labels?.['prometheus']).toBe('theirs');
  });
});

describe('a group of rules', () => {
  const rule = { record: 'a:b', expr: 'vector(1)' };

  it('is an object of its own, by a name that Kubernetes takes', () => {
    const objects = objectsOf((scope) => {
      new RuleGroup(scope, 'rules', {
        namespace: 'shop',
        group: { name: 'SLO: Orders', interval: '1m', rules: [rule] },
      });
    });
    const { metadata, spec } = only(objects, 'PrometheusRule');
    expect(metadata.name).toBe('slo-orders');
    expect(spec).toEqual({ groups: [{ name: 'SLO: Orders', interval: '1m', rules: [rule] }] });
  });

  it('is refused when it holds nothing', () => {
    objectsOf((scope) => {
      expect(
        () => new RuleGroup(scope, 'rules', { namespace: 'shop', group: { name: 'empty', rules: [] } }),
      ).toThrow('rule group empty holds no rule');
    });
  });
});

describe('a board', () => {
  it('lies where the sidecar of any Grafana looks for it', () => {
    const objects = objectsOf((scope) => {
      new Board(scope, 'board', { namespace: 'shop', file: 'Orders.json', dashboard: { title: 'Orders' } });
    });
    const map = only(objects, 'ConfigMap');
    expect(map.metadata).toMatchObject({ name: 'board-orders', labels: { grafana_dashboard: '1' } });
    expect(map['data']).toEqual({ 'Orders.json': '{\n  "title": "Orders"\n}\n' });
  });
});

describe('the way of Prometheus into a namespace of somebody else', () => {
  const objects = objectsOf(
    (scope) => void new OpenToPrometheus(scope, 'open', { namespace: 'shop', port: 8080 }),
  );

  it('lets it look for targets there, and read nothing that is not one', () => {
    const role = only(objects, 'Role');
    expect(role.metadata.namespace).toBe('shop');
    expect(role['rules']).toEqual(
      (role['rules'] as object[]).map(
        () => expect.objectContaining({ verbs: ['get', 'list', 'watch'] }) as unknown,
      ),
    );
    const resources = (role['rules'] as { resources: string[] }[]).flatMap((rule) => rule.resources);
    expect(resources.sort()).toEqual(['endpoints', 'endpointslices', 'pods', 'services'].sort());
    expect(only(objects, 'RoleBinding')['subjects']).toEqual([
      { kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' },
    ]);
  });

  it('lets it out to that port of that namespace', () => {
    expect(only(objects, 'NetworkPolicy').spec).toMatchObject({
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }],
          ports: [{ port: 8080, protocol: 'TCP' }],
        },
      ],
    });
  });
});

describe('access', () => {
  const account = { name: 'reader', namespace: 'here' };
  const rules = [{ groups: [''], resources: ['pods'], verbs: ['list'] }];

  it('holds in the named namespaces only, once in each', () => {
    const objects = objectsOf((scope) => {
      new Access(scope, 'access', { account, namespaced: { namespaces: ['a', 'b', 'a'], rules } });
    });
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'Role a/reader',
      'RoleBinding a/reader',
      'Role b/reader',
      'RoleBinding b/reader',
    ]);
  });

  it('to the whole cluster has a name that nobody else has', () => {
    const cluster = [{ paths: ['/metrics'], verbs: ['get'] }];
    const objects = objectsOf(
      (scope) => void new Access(scope, 'access', { account, purpose: 'metrics', cluster }),
    );
    const role = only(objects, 'ClusterRole', 'here-reader-metrics');
    expect(role['rules']).toEqual([{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]);
    expect(only(objects, 'ClusterRoleBinding')['roleRef']).toMatchObject({ name: 'here-reader-metrics' });
  });

  it('to nothing is nothing', () => {
    expect(objectsOf((scope) => void new Access(scope, 'access', { account }))).toEqual([]);
  });
});

describe('a namespace', () => {
  const levels = (props: ConstructorParameters<typeof Namespace>[2]) => {
    const [namespace] = ofKind(
      objectsOf((scope) => void new Namespace(scope, 'namespace', props)),
      'Namespace',
    );
    const { labels = {}, annotations } = namespace?.metadata as {
      labels?: Record<string, string>;
      annotations?: object;
    };
    const enforced = Object.entries(labels).filter(([label]) =>
      label.startsWith('pod-security.kubernetes.io/'),
    );
    return { enforced: [...new Set(enforced.map(([, level]) => level))], annotations };
  };

  it('is restricted unless it says otherwise, and why', () => {
    expect(levels({ name: 'a' }).enforced).toEqual(['restricted']);
    expect(levels({ name: 'a', podSecurity: 'privileged', reason: 'reads disks' })).toEqual({
      enforced: ['privileged'],
      annotations: { 'ops.chatroom.io/pod-security-reason': 'reads disks' },
    });
    expect(() => levels({ name: 'a', podSecurity: 'baseline' })).toThrow(
      'namespace a asks for Pod Security baseline: give the reason',
    );
  });
});
