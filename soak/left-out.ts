import { sloAlertGroup } from '../monitoring/slos';
import type { AlertRetunings } from '../monitoring/rules';

/**
 * Alerts about the machine itself. What else it does while we break the chat room, and how its clock is kept, is
 * not what a run is about; a fault that wants to hear of it turns the alert on for as long as it lasts.
 */
const ofThisMachine: AlertRetunings = {
  HighCPUUsage: false,
  HostHighLoad: false,
  HostClockNotSynchronised: false,
  NodejsEventLoopLagging: false,
};

/** An error budget remembers an outage for days, rightly; a run that breaks something every minute burns it for good. */
const ofBudgets: AlertRetunings = Object.fromEntries(sloAlertGroup.alerts.map(({ name }) => [name, false]));

/** Alerts that say nothing about a single fault, and are left out where one follows the other. */
export const leftOut: AlertRetunings = { ...ofThisMachine, ...ofBudgets };
