import { alertmanagerRoutes } from './alertmanager-routes';
import { budget } from './budget';
import { checkpoints } from './checkpoints';
import { coldCache } from './cold-cache';
import { connections } from './connections';
import { constraint } from './constraint';
import { cramped } from './cramped';
import { deadEnd } from './dead-end';
import { deadlocks } from './deadlocks';

import { disk } from './disk';
import { drain } from './drain';
import { errors } from './errors';
import { evictions } from './evictions';
import { nginxExporter, nginxLogExporter, nodeExporter, postgresExporter, redisExporter } from './exporters';
import type { Fault } from './fault';
import { fragments } from './fragments';
import { cpu, memory } from './host';
import { impossibleRule } from './impossible-rule';
import { inodes } from './inodes';
import { latencyBudget } from './latency-budget';
import { longTransaction } from './long-transaction';
import { lopsided } from './lopsided';
import { mailPassword } from './mail-password';
import { alertmanager, prometheus } from './monitoring-gone';
import { nginx } from './nginx';
import { nginxCrowd } from './nginx-crowd';
import { logFormat, logLost, misrouting, refusals, upstream } from './nginx-front';
import { nginxSlots } from './nginx-slots';
import { notificationLog } from './notification-log';
import { postgres } from './postgres';
import { postgresConnections } from './postgres-connections';
import { prometheusRules } from './prometheus-rules';
import { readOnly } from './read-only';
import { reconnects } from './reconnects';
import { redis } from './redis';
import { redisMaster } from './redis-master';
import { redisMemory } from './redis-memory';
import { redisPauses } from './redis-pauses';
import { redisRefusals } from './redis-refusals';
import { redisReplica } from './redis-replica';
import { refusedMessages } from './refused-messages';
import { restarts } from './restarts';
import { rollbacks } from './rollbacks';
import { sampleLimit } from './sample-limit';
import { server } from './server';
import { silence } from './silence';
import { slow } from './slow';
import { slowCommits } from './slow-commits';
import { slowExporter } from './slow-exporter';
import { slowHistory } from './slow-history';
import { slowReaders } from './slow-readers';
import { stutter } from './stutter';
import { targets } from './targets';
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
  refusedMessages,
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
  cramped,
  slowHistory,
  reconnects,
  silence,
  drain,
  restarts,
  deadEnd,
  lopsided,
  slowReaders,
  fragments,
  redisPauses,
  slowCommits,
  constraint,
  stutter,
  slowExporter,
  budget,
  latencyBudget,
  deadlocks,
  longTransaction,
  rollbacks,
  checkpoints,
  coldCache,
  evictions,
  redisRefusals,
  redisMaster,
  redisReplica,
  inodes,
  readOnly,
  nginxCrowd,
  nginxSlots,
  webhookPassword,
  mailPassword,
  sampleLimit,
  impossibleRule,
  targets,
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
