import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterEnvironments } from './constructs/environments';
import { synthesize, synthesizeArgoCd } from './constructs/synthesize';
import { repository } from './package.json';

/** Where Argo CD finds this project. A fork names itself in package.json, or for one run in the environment. */
const source = {
  repository:
    process.env['CHATROOM_REPOSITORY'] ?? repository.url.replace(/^git\+/, '').replace(/\.git$/, ''),
  revision: process.env['CHATROOM_REVISION'] ?? 'main',
};
/** `cdk8s synth` names the folder, and has emptied it; else the committed one is replaced when all of it is written. */
const given = process.env['CDK8S_OUTDIR'];
const committed = join(__dirname, 'dist', 'k8s');
const target = given ?? `${committed}.draft`;

try {
  for (const environment of clusterEnvironments) {
    const { name } = environment.monitoring;
    synthesize(environment, join(target, name));
    // A cluster that is watched already has an operator: a second one would fight it.
    if (!environment.watchedBy)
      synthesizeArgoCd({ ...source, environment: name }, join(target, 'argocd', name));
  }
  if (given === undefined) {
    rmSync(committed, { recursive: true, force: true });
    renameSync(target, committed);
    console.log(`dist/k8s: ${readdirSync(committed).join(', ')}`);
  }
} finally {
  if (given === undefined) rmSync(target, { recursive: true, force: true });
}
