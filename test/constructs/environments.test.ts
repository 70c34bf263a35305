import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { nameOf, ofKind, podTemplates, type Manifest } from '../../constructs/checks/manifest';
import { clusterEnvironments } from '../../constructs/environments';
import { requiredSecrets } from '../../constructs/secrets';
import { synthesize } from '../../constructs/synthesize';
import { catalogue } from '../../monitoring/catalogue';
import { dashboardFiles } from '../../monitoring/render/grafana';
import { alertRules, recordingRules, type RuleGroup } from '../../monitoring/render/rules';
import { secretObjects } from '../../examples/kind/secrets';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'synth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(clusterEnvironments.map((environment) => [environment.monitoring.name, environment] as const))(
  'the manifests of %s',
  (name, environment) => {
    let objects: readonly Manifest[];
    beforeAll(() => {
      objects = synthesize(environment, join(folder, name));
    });

    it('say the same rules as the model, group for group', () => {
      const model = catalogue(environment.monitoring);
      const expected = [...recordingRules(model).groups, ...alertRules(model).groups];
      const written = ofKind<{ readonly groups: readonly RuleGroup[] }>(objects, 'PrometheusRule').flatMap(
        ({ spec }) => spec.groups,
      );
      expect(sorted(written)).toEqual(sorted(expected));
    });

    it('hold the same boards as the model, each where a Grafana sidecar looks for it', () => {
      const files = dashboardFiles(catalogue(environment.monitoring));
      const maps = ofKind(objects, 'ConfigMap').filter(
        ({ metadata }) => metadata.labels?.['grafana_dashboard'] === '1',
      );
      const written = maps.flatMap((map) => Object.entries(map['data'] as Record<string, string>));
      expect(new Map(written.map(([file, text]) => [file, JSON.parse(text) as unknown]))).toEqual(
        new Map([...files].map(([file, board]) => [file, JSON.parse(JSON.stringify(board)) as unknown])),
      );
    });

    it('carry the recommended labels on every object', () => {
      expect(objects.length).toBeGreaterThan(50);
      const lacking = objects.filter(
        ({ metadata }) =>
          !metadata.labels?.['app.kubernetes.io/name'] ||
          metadata.labels['app.kubernetes.io/part-of'] !== 'chatroom' ||
          metadata.labels['app.kubernetes.io/managed-by'] !== 'cdk8s',
      );
      expect(lacking.map(nameOf)).toEqual([]);
    });

    it('read exactly the secrets that are listed', () => {
      const listed = new Set(
        requiredSecrets(environment).map(({ namespace, secret, key }) => `${namespace}/${secret}/${key}`),
      );
      expect([...readSecrets(objects)].sort()).toEqual([...listed].sort());
    });

    it('get every secret from the example, equal where they must be', () => {
      const required = requiredSecrets(environment);
      const given = Object.fromEntries(required.filter((one) => one.given).map(({ key }) => [key, 'given']));
      const made = secretObjects(required, given) as {
        metadata: Record<string, string>;
        stringData: Record<string, string>;
      }[];
      const value = (path: string) => {
        const [namespace, secret, key = ''] = path.split('/');
        return made.find(({ metadata }) => metadata['name'] === secret && metadata['namespace'] === namespace)
          ?.stringData[key];
      };
      for (const { namespace, secret, key, sameAs } of required) {
        expect(value(`${namespace}/${secret}/${key}`)).toMatch(/.+/);
        if (sameAs) expect(value(`${namespace}/${secret}/${key}`)).toBe(value(sameAs));
      }
      const mandatory = required.find((one) => one.given && one.key !== 'slack-url');
      if (mandatory) expect(() => secretObjects(required, {})).toThrow(/cannot be made up: add .+=VALUE/);
    });

    it('contain no path of a machine and no image without a version', () => {
      const text = readdirSync(join(folder, name))
        .map((file) => readFileSync(join(folder, name, file), 'utf8'))
        .join('\n');
      expect(text).not.toContain(root);
      expect(text).not.toMatch(/\/(?:home|Users)\/|:latest\b/);
      for (const { spec } of podTemplates(objects)) {
        for (const { image } of spec.containers) expect(image).toMatch(/^[\w.-]+\.[\w.-]+\/.+:v?\d+\.\d+/);
      }
    });
  },
);

describe('dist/k8s', () => {
  it('is what synth writes today', () => {
    const fresh = join(folder, 'all');
    execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(root, 'main.ts')], {
      cwd: root,
      env: { ...process.env, CDK8S_OUTDIR: fresh, NODE_OPTIONS: '' },
    });
    const files = (base: string) =>
      new Map(
        readdirSync(base, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => [path.slice(base.length), readFileSync(path, 'utf8')]),
      );
    const committed = files(join(root, 'dist', 'k8s'));
    const written = files(fresh);
    expect([...written.keys()].sort()).toEqual([...committed.keys()].sort());
    const stale = [...written].filter(([path, text]) => committed.get(path) !== text).map(([path]) => path);
    expect(stale).toEqual([]);
  }, 60_000);
});

function sorted(groups: readonly RuleGroup[]): readonly RuleGroup[] {
  return groups.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Every secret that an object reads, as `namespace/secret/key`, wherever in the object it is named. */
function readSecrets(objects: readonly Manifest[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { metadata, kind, spec } of objects) {
    const look = (value: unknown, field: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { name, key } = value as { name?: unknown; key?: unknown };
      const names = kind === 'Alertmanager' || kind === 'AlertmanagerConfig' || field === 'secretKeyRef';
      const isHeader = 'value' in value;
      if (names && !isHeader && typeof name === 'string' && typeof key === 'string') {
        found.add(`${metadata.namespace}/${name}/${key}`);
      }
      for (const [child, inner] of Object.entries(value)) look(inner, child);
    };
    look(spec, '');
  }
  return found;
}
