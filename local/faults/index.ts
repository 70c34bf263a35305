import { alertmanagerRoutes } from './alertmanager-routes';
import { budget } from './budget';
import { checkpoints } from './checkpoints';
import { connections } from './connections';
import { deadlocks } from './deadlocks';
import { disk } from './disk';
import { drain } from './drain';
import { errors } from './errors';
import { evictions } from './evictions';
import { nginxExporter, nginxLogExporter, nodeExporter, postgresExporter, redisExporter } from './exporters';
import type { Fault } from './fault';
import { cpu, memory } from './host';
import { inodes } from './inodes';
import { longTransaction } from './long-transaction';
import { mailPassword } from './mail-password';
import { alertmanager, prometheus } from './monitoring-gone';
import { nginx } from './nginx';
import { logFormat, logLost, misrouting, refusals, upstream } from './nginx-front';
import { notificationLog } from './notification-log';
import { postgres } from './postgres';
import { postgresConnections } from './postgres-connections';
import { prometheusRules } from './prometheus-rules';
import { readOnly } from './read-only';
import { reconnects } from './reconnects';
import { redis } from './redis';
import { redisMaster } from './redis-master';
import { redisMemory } from './redis-memory';
import { redisRefusals } from './redis-refusals';
import { redisReplica } from './redis-replica';
import { restarts } from './restarts';
import { rollbacks } from './rollbacks';
import { server } from './server';
import { silence } from './silence';
import { slow } from './slow';
import { slowHistory } from './slow-history';
import { webhook } from './webhook';
import { webhookPassword } from './webhook-password';

/** What happens from one moment to the next, in the order in which it is offered. A new one is one file and one line. */
export const sudden = [
  postgres,
  redis,
  nginx,
  upstream,
  refusals,
  misrouting,
  errors,
  slow,
  connections,
  nodeExporter,
  server,
  postgresConnections,
  redisMemory,
  postgresExporter,
  redisExporter,
  nginxExporter,
  nginxLogExporter,
  webhook,
  disk,
  memory,
  cpu,
] as const satisfies readonly Fault[];

/** What has to go on for a while, or be counted, before it is worth telling anybody. */
export const gradual = [
  slowHistory,
  reconnects,
  silence,
  drain,
  restarts,
  budget,
  deadlocks,
  longTransaction,
  rollbacks,
  checkpoints,
  evictions,
  redisRefusals,
  redisMaster,
  redisReplica,
  inodes,
  readOnly,
  webhookPassword,
  mailPassword,
  prometheusRules,
  alertmanagerRoutes,
  notificationLog,
  logFormat,
  logLost,
] as const satisfies readonly Fault[];

/** What only the dead man's switch outside can tell people of. */
export const silencing = [alertmanager, prometheus] as const satisfies readonly Fault[];

/** Every way to break it. */
export const faults = [...sudden, ...gradual, ...silencing] as const;

export type FaultName = (typeof faults)[number]['name'];

/** The fault of a name; nothing when there is none. */
export function faultNamed(name: string): Fault<FaultName> | undefined {
  return faults.find((each) => each.name === name);
}
