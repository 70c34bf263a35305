import type { AlertGroup, Retunings } from '../model/rule';
import { chatroomAlerts } from './chatroom';
import { postgresqlAlerts } from './postgresql';
import { redisAlerts } from './redis';
import { systemAlerts } from './system';
import { targetAlerts } from './targets';

/** Every alert there is, by subject. A new subject is one file and one line here. */
export const alertGroups = [
  { name: 'chatroom', alerts: chatroomAlerts },
  { name: 'system', alerts: systemAlerts },
  { name: 'postgresql', alerts: postgresqlAlerts },
  { name: 'redis', alerts: redisAlerts },
  { name: 'targets', alerts: targetAlerts },
] as const satisfies readonly AlertGroup[];

type AnyAlert = (typeof alertGroups)[number]['alerts'][number];

/** The name of an alert that exists. */
export type AlertName = AnyAlert['name'];

/** What an environment changes about alerts: only names, and only knobs, that exist. */
export type AlertRetunings = Retunings<AnyAlert>;
