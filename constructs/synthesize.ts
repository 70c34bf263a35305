import { join } from 'node:path';
import { App } from 'cdk8s';
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
  const objects = app.charts.flatMap((chart) => chart.toJson() as Manifest[]);
  assertWorking(objects);
  app.synth();
  return objects;
}

/** Writes the Application that is applied by hand into a folder, and those that it brings into `applications` below. */
export function synthesizeArgoCd(props: ArgoCdProps, folder: string): void {
  const root = new App({ outdir: folder });
  new ArgoCdRoot(root, props);
  root.synth();
  const applications = new App({ outdir: join(folder, 'applications') });
  new ArgoCdApplications(applications, props);
  applications.synth();
}
