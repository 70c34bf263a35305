import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { ArgoCdApplications, ArgoCdRoot, type ArgoCdProps } from './argo-cd';
import { ChatRoomCharts } from './chatroom-charts';
import { assertWorking } from './checks';
import type { Manifest } from './checks/manifest';
import type { ClusterEnvironment } from './environment';

/**
 * Writes the manifests of an environment into a folder, one file for each chart, and returns the objects. The folder
 * is not emptied first.
 * @throws InvalidObjectError, BrokenManifestsError, EnvironmentError before anything is written
 */
export function synthesize(environment: ClusterEnvironment, folder: string): readonly Manifest[] {
  const app = new App({ outdir: folder });
  new ChatRoomCharts(app, environment);
  return writeManifests(app, assertWorking);
}

/**
 * Writes the charts of an app as `NNNN-<chart>.k8s.yaml`, in the order of their dependencies, and returns the objects.
 * `App.synth` would prepare the whole app once more for every chart, after the check has done so already.
 * @param check - throws when something is wrong with the objects; nothing has been written then
 */
export function writeManifests(app: App, check: (objects: readonly Manifest[]) => void): readonly Manifest[] {
  const charts = app.charts.map((chart) => ({ id: chart.node.id, objects: chart.toJson() as Manifest[] }));
  const objects = charts.flatMap((chart) => chart.objects);
  check(objects);
  mkdirSync(app.outdir, { recursive: true });
  for (const [index, chart] of charts.entries()) {
    const file = `${String(index).padStart(4, '0')}-${chart.id}.k8s.yaml`;
    writeFileSync(join(app.outdir, file), chart.objects.map(yaml).join('---\n'));
  }
  return objects;
}

/** Objects that were written before: environments have most of them in common. */
const written = new Map<string, string>();

function yaml(object: Manifest): string {
  const key = JSON.stringify(object);
  const text = written.get(key) ?? readByAll(Yaml.stringify(object));
  written.set(key, text);
  return text;
}

/** A bare `=` is a value to Kubernetes and a tag to YAML 1.1, which readers such as PyYAML stop at. */
function readByAll(yaml: string): string {
  return yaml.replaceAll(/^( +(?:- )?matchType: )=$/gm, '$1"="');
}

/** Applications refer to folders of a repository, which no check here can look into. */
const nothing = () => undefined;

/** Writes the Application that is applied by hand into a folder, and those that it brings into `applications` below. */
export function synthesizeArgoCd(props: ArgoCdProps, folder: string): void {
  const root = new App({ outdir: folder });
  new ArgoCdRoot(root, props);
  writeManifests(root, nothing);
  const applications = new App({ outdir: join(folder, 'applications') });
  new ArgoCdApplications(applications, props);
  writeManifests(applications, nothing);
}
