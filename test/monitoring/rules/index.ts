import type { AlertCases } from './case';
import { highConcurrentConnections, highErrorRate, highResponseTime } from './chatroom.cases';
import { postgresqlDown, postgresqlHighConnections } from './postgresql.cases';
import { redisDown, redisHighMemoryUsage } from './redis.cases';
import { diskSpaceUsage, highCpuUsage, highMemoryUsage } from './system.cases';
import { targetCases } from './targets.cases';

/** The proof of every alert, in the order of the rules. */
export const cases: readonly AlertCases[] = [
  highErrorRate,
  highResponseTime,
  highConcurrentConnections,
  highCpuUsage,
  highMemoryUsage,
  diskSpaceUsage,
  postgresqlDown,
  postgresqlHighConnections,
  redisDown,
  redisHighMemoryUsage,
  ...targetCases,
];
