import { join } from 'node:path';
import { clusterEnvironments } from './constructs/environments';
import { synthesize } from './constructs/synthesize';

const target = process.env['CDK8S_OUTDIR'] ?? 'dist/k8s';

for (const environment of clusterEnvironments) {
  synthesize(environment, join(target, environment.monitoring.name));
}
