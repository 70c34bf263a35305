import { App } from 'cdk8s';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ArgoCdApplications, type ArgoCdProps } from '../../constructs/argo-cd';
import { production } from '../../constructs/environments/production';
import { images } from '../../constructs/images';
import { requiredSecrets } from '../../constructs/secrets';
import { schemaOf } from '../../imports/custom-resource';
import { operatorChart, operatorVersion } from '../../imports/operator-version';
import { problems } from '../../imports/structural-schema';
import project from '../../package.json';

const root = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: {
    readonly project: string;
    readonly source: {
      readonly repoURL: string;
      readonly path: string;
      readonly targetRevision: string;
      readonly helm?: { readonly valuesObject: object };
    };
    readonly target: { readonly name: string };
    readonly data: readonly { readonly secretKey: string }[];
  };
}
const documents = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Written);
const applicationsOf = (props: ArgoCdProps) => new ArgoCdApplications(new App(), props).toJson() as Written[];

describe('the release of prometheus-operator', () => {
  it.each([
    ['the programs of the cluster suite', ['test', 'cluster', 'tools', 'monitoring', 'go.mod']],
    ['the instructions for kind', ['docs', 'kubernetes.md']],
    ['the first page', ['README.md']],
    ['the first page in Chinese', ['README.zh-CN.md']],
  ])('is the same in %s', (_, path) => {
    const versions = [
      ...read(...path).matchAll(/prometheus-operator(?:\/releases\/download\/| )v(\d+\.\d+\.\d+)/g),
    ];
    expect(versions.length).toBeGreaterThan(0);
    expect(new Set(versions.map(([, version]) => version))).toEqual(new Set([operatorVersion]));
  });
});

describe('the first page', () => {
  const commands = (...path: string[]) =>
    [...read(...path).matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));

  it('gives the same commands in both languages, and for Kubernetes those of its own page', () => {
    const english = commands('README.md');
    expect(commands('README.zh-CN.md')).toEqual(english);
    const cluster = english.filter((line) => /\b(kind|kubectl)\b/.test(line));
    expect(cluster.length).toBeGreaterThan(5);
    const page = commands('docs', 'kubernetes.md').map((line) => line.replace(/ +#.*/, ''));
    for (const command of cluster.filter((line) => !line.includes('--force-conflicts'))) {
      expect(page).toContain(command);
    }
  });
});

describe('the name of this project', () => {
  const { repository, version } = project;
  const [, owner] = /^git\+https:\/\/github\.com\/([^/]+)\/[^/]+\.git$/.exec(repository.url) ?? [];

  it('is that of the image which its release publishes', () => {
    expect(images.chatroom).toBe(`ghcr.io/${owner}/chatroom:${version}`);
  });

  it('is where Argo CD looks, and what a fork sets for one run is where its Argo CD looks', () => {
    const [root] = documents(read('dist', 'k8s', 'argocd', 'dev', '0000-root.k8s.yaml'));
    expect(`git+${root?.spec.source.repoURL}.git`).toBe(repository.url);
    const fork = 'https://github.com/someone/fork';
    const sources = applicationsOf({ environment: 'dev', repository: fork, revision: 'v1' })
      .filter(({ kind }) => kind === 'Application')
      .map(({ spec }) => spec.source);
    expect(sources.map(({ repoURL }) => repoURL)).toEqual([operatorChart.repository, fork]);
    expect(sources[1]?.targetRevision).toBe('v1');
  });

  it.each(['', 'somewhere', 'https://', 'C:\\chatroom'])('cannot be "%s"', (wrong) => {
    expect(() => applicationsOf({ environment: 'dev', repository: wrong, revision: 'main' })).toThrow(
      `repository "${wrong}" is no address that Argo CD can clone: give one such as https://`,
    );
  });
});

describe('the chart that Argo CD installs', () => {
  const [, chart] = applicationsOf({
    environment: 'dev',
    repository: 'https://example.com/r',
    revision: 'main',
  });
  const values = chart?.spec.source.helm?.valuesObject ?? {};

  it('is pinned, and runs the release of prometheus-operator that the tests run', () => {
    expect(chart?.spec.source).toMatchObject({ chart: 'kube-prometheus-stack', targetRevision: '90.0.0' });
    const { prometheusOperator } = values as {
      prometheusOperator: { image: object; prometheusConfigReloader: { image: object } };
    };
    const tag = `v${operatorVersion}`;
    expect(prometheusOperator.image).toMatchObject({ registry: 'quay.io', tag });
    expect(prometheusOperator.prometheusConfigReloader.image).toMatchObject({ registry: 'quay.io', tag });
  });

  it('brings the operator and its definitions, and nothing of what is ours', () => {
    const parts = Object.entries(values as Record<string, { enabled?: boolean; create?: boolean }>);
    const on = parts.filter(([, { enabled, create }]) => enabled ?? create).map(([part]) => part);
    expect(on).toEqual(['crds', 'prometheusOperator']);
  });
});

describe('the Applications of Argo CD', () => {
  const folder = join(root, 'dist', 'k8s', 'argocd');

  it.each(readdirSync(folder))(
    'of %s are what its definitions allow, in waves, from folders that exist',
    (name) => {
      const applications = documents(
        read('dist', 'k8s', 'argocd', name, 'applications', '0000-applications.k8s.yaml'),
      );
      const [rootApplication] = documents(read('dist', 'k8s', 'argocd', name, '0000-root.k8s.yaml'));
      expect(applications.map(({ kind }) => kind)).toEqual(['AppProject', 'Application', 'Application']);
      for (const object of [...applications, rootApplication]) {
        if (!object) throw new Error('there is no root application');
        const [group = '', version = ''] = object.apiVersion.split('/');
        expect(
          problems(schemaOf({ group, version, kind: object.kind }), { ...object, metadata: {} }),
        ).toEqual([]);
      }
      const waves = applications.map(
        ({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave'],
      );
      expect(waves).toEqual(['0', '1', '2']);
      // Else what the API server fills in would be a difference, and selfHeal would sync for ever.
      for (const application of [rootApplication, ...applications.slice(1)]) {
        expect(application?.metadata.annotations).toMatchObject({
          'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
        });
      }
      for (const path of [rootApplication?.spec.source.path, applications[2]?.spec.source.path]) {
        expect(existsSync(join(root, path ?? ''))).toBe(true);
      }
      expect(applications.slice(1).map(({ spec }) => spec.project)).toEqual(
        Array.from({ length: 2 }, () => applications[0]?.metadata.name),
      );
    },
  );
});

describe('the example for External Secrets', () => {
  it('makes every secret of production', () => {
    const made = documents(read('examples', 'external-secrets', 'external-secrets.yaml')).flatMap(
      ({ metadata, spec }) =>
        spec.data.map(({ secretKey }) => `${metadata.namespace}/${spec.target.name}/${secretKey}`),
    );
    const wanted = requiredSecrets(production).map(
      ({ namespace, secret, key }) => `${namespace}/${secret}/${key}`,
    );
    expect(made.sort()).toEqual([...new Set(wanted)].sort());
  });
});

describe('the alerts about the cluster', () => {
  const alertsOf = (...path: readonly string[]) =>
    [...read(...path).matchAll(/^ +- alert: (Kube\w+)$/gm)].map(([, name]) => name);

  it('are delivered where the cluster is looked at', () => {
    const production = alertsOf('dist', 'k8s', 'production', '0002-monitoring.k8s.yaml');
    expect(production).toEqual(expect.arrayContaining(['KubePodCrashLooping', 'KubeNodeNotReady']));
  });

  it.each([['k8s', 'dev', '0002-monitoring.k8s.yaml'] as const, ['standalone', 'alert_rules.yml'] as const])(
    'and not in dist/%s/%s',
    (...path) => {
      const found = alertsOf('dist', ...path).filter((name) => !name?.startsWith('KubernetesApiserver'));
      expect(found).toEqual([]);
    },
  );
});
