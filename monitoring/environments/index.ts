import type { Environment } from '../environment';
import { production } from './production';

/** Every installation there is. A new one is one file and one line here. */
export const environments: readonly Environment[] = [production];
