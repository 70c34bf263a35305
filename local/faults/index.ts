import { connections } from './connections';
import { disk } from './disk';
import { errors } from './errors';
import { nginxExporter, nodeExporter, postgresExporter, redisExporter } from './exporters';
import type { Fault } from './fault';
import { cpu, memory } from './host';
import { nginx } from './nginx';
import { postgres } from './postgres';
import { postgresConnections } from './postgres-connections';
import { redis } from './redis';
import { redisMemory } from './redis-memory';
import { server } from './server';
import { slow } from './slow';

/** Every way to break it, in the order in which they are offered. A new one is one file and one line. */
export const faults = [
  postgres,
  redis,
  nginx,
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
  disk,
  memory,
  cpu,
] as const satisfies readonly Fault[];

export type FaultName = (typeof faults)[number]['name'];

/** The fault of a name; nothing when there is none. */
export function faultNamed(name: string): Fault<FaultName> | undefined {
  return faults.find((each) => each.name === name);
}
