import type { ClusterEnvironment } from '../environment';
import { dev } from './dev';
import { production } from './production';

/** Every installation in a cluster; `npm run synth` writes one folder of dist/k8s for each. */
export const clusterEnvironments: readonly ClusterEnvironment[] = [dev, production];
