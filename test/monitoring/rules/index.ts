import type { AlertCases } from './case';
import * as alertmanager from './alertmanager.cases';
import * as chatroomConnections from './chatroom-connections.cases';
import * as chatroomMessages from './chatroom-messages.cases';
import * as host from './host.cases';
import * as kubernetes from './kubernetes.cases';
import * as nginx from './nginx.cases';
import * as nginxFront from './nginx-front.cases';
import * as nodejs from './nodejs.cases';
import * as postgresqlWork from './postgresql-work.cases';
import * as prometheus from './prometheus.cases';
import * as redisWork from './redis-work.cases';
import * as slo from './slo.cases';
import { watchdog } from './watchdog.cases';
import { highConcurrentConnections, highErrorRate, highResponseTime, unavailable } from './chatroom.cases';
import { postgresqlDown, postgresqlHighConnections } from './postgresql.cases';
import { redisDown, redisHighMemoryUsage, redisInstanceDown } from './redis.cases';
import { diskSpaceUsage, highCpuUsage, highMemoryUsage } from './system.cases';
import { targetCases } from './targets.cases';

/** The proof of every alert, in the order of the rules. */
export const cases: readonly AlertCases[] = [
  unavailable,
  highErrorRate,
  highResponseTime,
  highConcurrentConnections,
  highCpuUsage,
  highMemoryUsage,
  diskSpaceUsage,
  postgresqlDown,
  postgresqlHighConnections,
  redisDown,
  redisInstanceDown,
  redisHighMemoryUsage,
  ...targetCases,
  ...Object.values(chatroomConnections),
  ...Object.values(chatroomMessages),
  ...Object.values(nodejs),
  ...Object.values(nginx),
  ...Object.values(nginxFront),
  ...Object.values(host),
  ...Object.values(kubernetes),
  ...Object.values(postgresqlWork),
  ...Object.values(redisWork),
  ...Object.values(prometheus),
  ...Object.values(alertmanager),
  ...Object.values(slo),
  watchdog,
];
