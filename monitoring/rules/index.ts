import type { AlertGroup, Retunings } from '../model/rule';
import { sloAlertGroup } from '../slos';
import { alertmanagerAlerts } from './alertmanager';
import { chatroomAlerts } from './chatroom';
import { chatroomConnectionAlerts } from './chatroom-connections';
import { chatroomMessageAlerts } from './chatroom-messages';
import { hostAlerts } from './host';
import { kubernetesAlerts } from './kubernetes';
import { nginxAlerts } from './nginx';
import { nginxFrontAlerts } from './nginx-front';
import { nodejsAlerts } from './nodejs';
import { postgresqlAlerts } from './postgresql';
import { postgresqlWorkAlerts } from './postgresql-work';
import { prometheusAlerts } from './prometheus';
import { redisAlerts } from './redis';
import { redisWorkAlerts } from './redis-work';
import { systemAlerts } from './system';
import { targetAlerts } from './targets';
import { watchdogAlerts } from './watchdog';

/** Every alert there is, by subject. A new subject is one file and one line here. */
export const alertGroups = [
  { name: 'chatroom', alerts: chatroomAlerts },
  { name: 'chatroom-connections', alerts: chatroomConnectionAlerts },
  { name: 'chatroom-messages', alerts: chatroomMessageAlerts },
  { name: 'nodejs', alerts: nodejsAlerts },
  { name: 'nginx', alerts: nginxAlerts },
  { name: 'nginx-front', alerts: nginxFrontAlerts },
  { name: 'system', alerts: systemAlerts },
  { name: 'host', alerts: hostAlerts },
  { name: 'postgresql', alerts: postgresqlAlerts },
  { name: 'postgresql-work', alerts: postgresqlWorkAlerts },
  { name: 'redis', alerts: redisAlerts },
  { name: 'redis-work', alerts: redisWorkAlerts },
  { name: 'targets', alerts: targetAlerts },
  { name: 'kubernetes', alerts: kubernetesAlerts },
  { name: 'prometheus', alerts: prometheusAlerts },
  { name: 'alertmanager', alerts: alertmanagerAlerts },
  sloAlertGroup,
  { name: 'watchdog', alerts: watchdogAlerts },
] as const satisfies readonly AlertGroup[];

type AnyAlert = (typeof alertGroups)[number]['alerts'][number];

/** The name of an alert that exists. */
export type AlertName = AnyAlert['name'];

/** What an environment changes about alerts: only names, and only knobs, that exist. */
export type AlertRetunings = Retunings<AnyAlert>;
