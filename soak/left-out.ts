import { ofThisMachine } from '../local/of-this-machine';
import { sloAlertGroup } from '../monitoring/slos';
import type { AlertRetunings } from '../monitoring/rules';

/** An error budget remembers an outage for days, rightly; a run that breaks something every minute burns it for good. */
const ofBudgets: AlertRetunings = Object.fromEntries(sloAlertGroup.alerts.map(({ name }) => [name, false]));

/** Alerts that say nothing about a single fault, and are left out where one follows the other. */
export const leftOut: AlertRetunings = { ...ofThisMachine, ...ofBudgets };
