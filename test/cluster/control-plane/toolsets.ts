import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One program that the cluster suite runs, and where its main package lives. */
export interface Tool {
  readonly name: string;
  readonly package: string;
  /** Module whose pinned version the program reports about itself. */
  readonly module: string;
  /** Linker variables that carry the version; `{version}` is without the leading v. */
  readonly stamp: readonly string[];
}

/** Programs that share one pinned go.mod, so that their dependencies are compiled once. */
export interface Toolset {
  readonly name: string;
  /** Folder of the go.mod that pins every version. */
  readonly folder: string;
  readonly tags: readonly string[];
  readonly tools: readonly Tool[];
  /** Folders of a module that are kept beside the programs. */
  readonly folders?: readonly { readonly name: string; readonly module: string; readonly path: string }[];
}

const tools = join(__dirname, '..', 'tools');
const kubernetes = 'k8s.io/kubernetes';
const kubernetesStamp = [
  'k8s.io/component-base/version.gitVersion=v{version}',
  'k8s.io/component-base/version.gitMajor={major}',
  'k8s.io/component-base/version.gitMinor={minor}',
  'k8s.io/component-base/version.gitTreeState=clean',
];
const prometheusStamp = ['github.com/prometheus/common/version.Version={version}'];
const prometheus = 'github.com/prometheus/prometheus';
const alertmanager = 'github.com/prometheus/alertmanager';
const operator = 'github.com/prometheus-operator/prometheus-operator';

/** Everything the cluster suite needs beside Node, in the order in which it is built. */
export const toolsets: readonly Toolset[] = [
  {
    name: 'control-plane',
    folder: join(tools, 'control-plane'),
    tags: [],
    tools: [
      ...['kube-apiserver', 'kube-controller-manager', 'kubectl'].map((name) => ({
        name,
        package: `${kubernetes}/cmd/${name}`,
        module: kubernetes,
        stamp: kubernetesStamp,
      })),
      { name: 'etcd', package: 'go.etcd.io/etcd/server/v3', module: 'go.etcd.io/etcd/server/v3', stamp: [] },
    ],
  },
  {
    name: 'monitoring',
    folder: join(tools, 'monitoring'),
    // Without the clouds' service discoveries Prometheus compiles in a fraction of the time; without
    // `builtinassets` it needs no npm build of its web page.
    tags: ['netgo', 'remove_all_sd', 'enable_kubernetes_sd'],
    folders: [{ name: 'crds', module: operator, path: 'example/prometheus-operator-crd' }],
    tools: [
      {
        name: 'prometheus-operator',
        package: `${operator}/cmd/operator`,
        module: operator,
        stamp: prometheusStamp,
      },
      {
        name: 'prometheus',
        package: `${prometheus}/cmd/prometheus`,
        module: prometheus,
        stamp: prometheusStamp,
      },
      { name: 'promtool', package: `${prometheus}/cmd/promtool`, module: prometheus, stamp: prometheusStamp },
      { name: 'amtool', package: `${alertmanager}/cmd/amtool`, module: alertmanager, stamp: prometheusStamp },
    ],
  },
];

/**
 * The version of a module as the toolset's go.mod pins it, e.g. `1.35.4`.
 * Prometheus tags its Go module v0.XYY.Z for release X.YY.Z (v0.313.5 is 3.13.5).
 * @throws {Error} when go.mod does not require the module
 */
export function pinnedVersion(toolset: Toolset, module: string): string {
  const goMod = join(toolset.folder, 'go.mod');
  const line = readFileSync(goMod, 'utf8').match(
    new RegExp(`^\\s+${module.replaceAll('.', '\\.')} v(\\S+)`, 'm'),
  );
  if (line?.[1] === undefined)
    throw new Error(`${goMod} does not require ${module}: add it and run go mod tidy`);
  if (module !== prometheus) return line[1];
  return line[1].replace(
    /^0\.(\d)(\d\d)\./,
    (_, major: string, minor: string) => `${major}.${Number(minor)}.`,
  );
}
