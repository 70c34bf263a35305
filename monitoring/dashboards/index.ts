import type { Environment } from '../environment';
import type { Board } from '../model/dashboard';
import { overview } from './overview';
import { board, type BoardPlan } from './plan';

/** Every board there is. A new one is one folder and one line here. */
export const plans: readonly BoardPlan[] = [overview];

/** Every board in the language of an environment. */
export function boards(environment: Environment): readonly Board[] {
  return plans.map((plan) => board(plan, environment));
}
