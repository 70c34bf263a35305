import type { Route } from '../model/route';
import type { ReceiverName } from './receivers';

/**
 * Who is told about what. A critical alert goes to whoever is on call and, because the route continues, to the
 * team that owns the service. What no team owns goes to operations.
 *
 * Alerts are grouped by service: five alerts of one outage are one message, not five. After the first message a
 * group waits a minute before it reports what has joined or left it, so that a storm is a few messages long.
 */
export const routingTree: Route<ReceiverName> = {
  receiver: 'default-receiver',
  groupBy: ['cluster', 'service'],
  groupWait: '10s',
  groupInterval: '1m',
  repeatInterval: '1h',
  routes: [
    // The heartbeat of the alerting chain, twice a minute at the most, and for nobody to read.
    {
      receiver: 'dead-mans-switch',
      matchers: [{ label: 'severity', op: '=', value: 'none' }],
      groupWait: '1s',
      groupInterval: '30s',
      repeatInterval: '1m',
    },
    {
      receiver: 'critical-alerts',
      matchers: [{ label: 'severity', op: '=', value: 'critical' }],
      groupWait: '5s',
      repeatInterval: '30m',
      continue: true,
    },
    {
      receiver: 'chatroom-team',
      matchers: [{ label: 'service', op: '=', value: 'chatroom' }],
    },
    {
      receiver: 'database-team',
      matchers: [{ label: 'service', op: '=~', value: 'postgresql|redis' }],
    },
  ],
};
