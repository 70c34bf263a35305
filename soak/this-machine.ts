import type { AlertRetunings } from '../monitoring/rules';

/**
 * Alerts about the machine itself. What else it does while we break the chat room, and how its clock is kept, is
 * not what a run is about; a fault that wants to hear of it turns the alert on for as long as it lasts.
 */
export const regardlessOfThisMachine: AlertRetunings = {
  HighCPUUsage: false,
  HostHighLoad: false,
  HostClockNotSynchronised: false,
  NodejsEventLoopLagging: false,
};
