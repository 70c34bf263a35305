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
const target = process.env['CDK8S_OUTDIR'] ?? 'dist/k8s';

for (const environment of clusterEnvironments) {
  const { name } = environment.monitoring;
  synthesize(environment, join(target, name));
  synthesizeArgoCd({ ...source, environment: name }, join(target, 'argocd', name));
}
