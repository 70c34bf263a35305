import type { Service } from '../model/service';
import type { ReceiverName } from './receivers';

/** Who is told of everything critical, day and night. */
export const onCall = 'critical-alerts' satisfies ReceiverName;

/** Who is told of what no team looks after. */
export const operations = 'default-receiver' satisfies ReceiverName;

/** Who is told of what nobody is told of: the heartbeat, which speaks by falling silent. */
export const heartbeat = 'dead-mans-switch' satisfies ReceiverName;

/** Who looks after each service; a service without a decision does not compile. The tree is checked against this. */
export const owners: Readonly<Record<Service, ReceiverName>> = {
  chatroom: 'chatroom-team',
  postgresql: 'database-team',
  redis: 'database-team',
  nginx: operations,
  system: operations,
  monitoring: operations,
  kubernetes: operations,
};
