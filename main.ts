import { join } from 'node:path';
import { clusterEnvironments } from './constructs/environments';
import { synthesize, synthesizeArgoCd } from './constructs/synthesize';

/** Where Argo CD finds this project; a fork names itself here. */
const source = { repository: 'https://github.com/chatroom-monitoring/chatroom-monitoring', revision: 'main' };
const target = process.env['CDK8S_OUTDIR'] ?? 'dist/k8s';

for (const environment of clusterEnvironments) {
  const { name } = environment.monitoring;
  synthesize(environment, join(target, name));
  synthesizeArgoCd({ ...source, environment: name }, join(target, 'argocd', name));
}
