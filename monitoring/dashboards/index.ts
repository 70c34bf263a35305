import type { Environment } from '../environment';
import type { Board } from '../model/dashboard';

/** Every board there is. A new one is one folder and one line here. */
export function boards(_environment: Environment): readonly Board[] {
  return [];
}
