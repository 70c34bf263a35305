import type { Environment } from '../environment';
import type { Board } from '../model/dashboard';
import type { AlertName } from '../rules';
import { alertsLedTo } from './links';
import { board } from './plan';
import { plans } from './plans';

/**
 * Every board in the language of an environment.
 *
 * @param alerts those that the environment has: a panel leads on to the runbooks of the ones that led to it
 */
export function boards(environment: Environment, alerts: ReadonlySet<AlertName>): readonly Board[] {
  return plans.map((plan) =>
    board(plan, environment, (panel) => alertsLedTo(panel).filter((name) => alerts.has(name))),
  );
}
