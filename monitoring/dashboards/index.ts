import type { Environment } from '../environment';
import type { Board } from '../model/dashboard';
import { alerts } from './alerts';
import { hosts } from './hosts';
import { nginx } from './nginx';
import { nodejs } from './nodejs';
import { overview } from './overview';
import { board, type BoardPlan } from './plan';
import { postgresql } from './postgresql';
import { redis } from './redis';
import { service } from './service';
import { watching } from './watching';

/** Every board there is. A new one is one folder and one line here. */
export const plans: readonly BoardPlan[] = [
  overview,
  service,
  postgresql,
  redis,
  nginx,
  hosts,
  nodejs,
  watching,
  alerts,
];

/** Every board in the language of an environment. */
export function boards(environment: Environment): readonly Board[] {
  return plans.map((plan) => board(plan, environment));
}
