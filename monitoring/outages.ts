import { nginxUp } from './metrics/nginx';
import { ready } from './metrics/chatroom-process';
import { up } from './metrics/target';
import { promql, series } from './model/promql';

/**
 * When the chat room is gone for everybody, stated once: what is no outage to the alerts is none to the promises, and
 * the other way round. Each has a result only while it is so.
 */

const server = { job: 'chatroom-server' } as const;

/**
 * Replicas are known and none of them is ready: all are down, or alive without their database. One that does not
 * answer takes what it said of itself along.
 */
export const noServerReady = promql`
  count by (job) (${series(up, server)}) unless on (job) (${series(ready, server)} == 1)`;

/** What an exporter last knew of its nginx, until the alert about the exporter takes over. */
export const nginxLastKnown = promql`last_over_time(${series(nginxUp)}[5m])`;

/** Every nginx is down. */
export const everyGatewayDown = promql`max by (job) (${nginxLastKnown}) == 0`;
