import { transformSync } from '@swc/core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ofKind, type Manifest } from '../../constructs/checks/manifest';
import type { ClusterEnvironment } from '../../constructs/environment';
import { production } from '../../constructs/environments/production';
import { requiredSecrets } from '../../constructs/secrets';
import { synthesize } from '../../constructs/synthesize';
import { only } from './objects';

const root = join(__dirname, '..', '..');

/** A file that docs/kubernetes.md tells people to write, as if they had written it. */
function recipe(name: string): ClusterEnvironment {
  const text = readFileSync(join(root, 'docs', 'kubernetes.md'), 'utf8');
  const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block);
  const source = blocks.find((block) => block.includes(`export const ${name}:`));
  if (!source) throw new Error(`docs/kubernetes.md shows no environment called ${name}`);
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  const exports: Record<string, ClusterEnvironment> = {};
  const load = (path: string) => jest.requireActual<object>(join(root, 'constructs', 'environments', path));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is our own page, and what people will run
  const run = new Function('require', 'exports', code) as (require: typeof load, exports: object) => void;
  run(load, exports);
  return exports[name] as ClusterEnvironment;
}

const folder = mkdtempSync(join(tmpdir(), 'recipes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the recipe for a third environment', () => {
  it('makes one that synthesizes, with what it changes and with everything that it does not', () => {
    const objects = synthesize(recipe('staging'), join(folder, 'staging'));
    expect(only(objects, 'Prometheus', 'chatroom').spec).toMatchObject({
      replicas: 1,
      shards: 2,
      retention: '7d',
      externalLabels: { cluster: 'staging', environment: 'staging' },
    });
    expect(only(objects, 'Alertmanager').spec).toMatchObject({ replicas: 3 });
    // Figures of Kubernetes itself are wanted where somebody says so, and here nobody does.
    expect(objects.filter(({ metadata }) => metadata.name === 'kube-state-metrics')).toEqual([]);
  });
});

describe('the recipe for a cluster that is watched already', () => {
  const guest = recipe('guest');
  const objects = synthesize(guest, join(folder, 'guest'));
  const inFile = (file: string) =>
    parseAllDocuments(readFileSync(join(folder, 'guest', file), 'utf8')).map(
      (document) => document.toJS() as Manifest,
    );

  it('writes nothing where somebody else lives, and no second one of what is there', () => {
    const places = new Set(
      objects.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace)),
    );
    expect([...places]).toEqual(['chatroom']);
    for (const kind of ['Prometheus', 'Alertmanager', 'AlertmanagerConfig', 'ScrapeConfig', 'ClusterRole']) {
      expect(ofKind(objects, kind)).toEqual([]);
    }
    expect(ofKind(objects, 'Deployment').map(({ metadata }) => metadata.name)).not.toContain('grafana');
    expect(ofKind(objects, 'DaemonSet')).toEqual([]);
  });

  it('puts monitors, rules and boards, and nothing else, into a file of their own', () => {
    const kinds = inFile('0002-monitoring.k8s.yaml').map(({ kind, metadata }) =>
      metadata.labels?.['grafana_dashboard'] === '1' ? 'board' : kind,
    );
    expect([...new Set(kinds)].sort()).toEqual(['PrometheusRule', 'ServiceMonitor', 'board']);
  });

  it('labels monitors and rules as the Prometheus that is there selects them', () => {
    const selected = [...ofKind(objects, 'ServiceMonitor'), ...ofKind(objects, 'PrometheusRule')];
    expect(selected.length).toBeGreaterThan(10);
    for (const { metadata } of selected) {
      expect(metadata.labels).toMatchObject({ release: 'kube-prometheus-stack' });
    }
  });

  it('lets that Prometheus reach every job, and that Alertmanager the webhook', () => {
    const admitted = ofKind<{
      ingress?: {
        from?: { namespaceSelector?: { matchLabels: Record<string, string> } }[];
        ports: { port: number }[];
      }[];
    }>(objects, 'NetworkPolicy').flatMap(({ metadata, spec }) =>
      (spec.ingress ?? [])
        .filter(({ from = [] }) =>
          from.some(
            ({ namespaceSelector }) =>
              namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === 'monitoring',
          ),
        )
        .flatMap(({ ports }) => ports.map(({ port }) => `${metadata.name}:${port}`)),
    );
    expect([...new Set(admitted)].sort()).toEqual([
      'chatroom-server:8000',
      'chatroom-webhook:8080',
      'nginx:9113',
      'nginx:9117',
      'postgres-exporter:9187',
      'redis-exporter:9121',
    ]);
  });

  it('judges only what it reads', () => {
    const groups = ofKind<{ groups: { rules: { alert?: string }[] }[] }>(objects, 'PrometheusRule');
    const alerts = groups.flatMap(({ spec }) =>
      spec.groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)),
    );
    expect(alerts).toEqual(expect.arrayContaining(['ChatRoomHighErrorRate', 'PostgreSQLDown', 'RedisDown']));
    expect(alerts).not.toContain('HighCPUUsage');
    expect(alerts).not.toContain('PrometheusNoAlertmanager');
  });

  it('asks for the secrets of the chat room alone', () => {
    expect(new Set(requiredSecrets(guest).map(({ namespace }) => namespace))).toEqual(new Set(['chatroom']));
  });

  it('lets an account that may not look everywhere look in ours', () => {
    const { watchedBy } = guest;
    if (!watchedBy) throw new Error('the recipe says nobody who watches');
    const { prometheus } = watchedBy;
    const named = {
      ...guest,
      watchedBy: { ...watchedBy, prometheus: { ...prometheus, serviceAccount: 'prometheus-k8s' } },
    };
    const bound = only(synthesize(named, join(folder, 'named')), 'RoleBinding');
    expect(bound.metadata).toMatchObject({ name: 'prometheus-k8s-chatroom', namespace: 'chatroom' });
    expect(bound['subjects']).toEqual([
      { kind: 'ServiceAccount', name: 'prometheus-k8s', namespace: 'monitoring' },
    ]);
  });

  it('says what to write where jobs of somebody else are left in', () => {
    const wrong = { ...guest, monitoring: { ...production.monitoring, name: 'guest' } };
    expect(() => synthesize(wrong, join(folder, 'wrong'))).toThrow(/let watchedByOthers make `monitoring`/);
  });
});
