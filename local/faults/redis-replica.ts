import { setTimeout as sleep } from 'node:timers/promises';
import { withRedis } from '../components/redis';
import type { Site } from '../site';
import type { Stack } from '../stack';
import { ManagedProcess } from '../supervisor/managed-process';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';
import { untilSeen } from './until-seen';
import { vacantPort } from './vacant-port';

/** Of the master while the first copy is made, for which it would wait five seconds for others to ask for one. */
const atOnce = { 'repl-diskless-sync-delay': '0' } as const;
const asItComes = { 'repl-diskless-sync-delay': '5' } as const;

/** The replica of each stack: it stays when all is well again, as one that is taken away would be missed for a week. */
const replicas = new WeakMap<Stack, ManagedProcess>();

export const redisReplica = fault({
  name: 'redis-replica',
  does: 'gives Redis a replica, and stops that in its tracks until it is cut off',
  alerts: ['RedisReplicationLagging', 'RedisReplicaLost'],
  inject: async (stack) => {
    const replica = replicas.get(stack) ?? (await firstReplica(stack));
    await untilSeen(stack.site, 'the replica', 'redis_connected_slaves > 0');
    if (replica.pid !== undefined) signalGroup(replica.pid, 'SIGSTOP');
    return async () => {
      goOn(replica);
      await untilSeen(stack.site, 'the replica again', 'redis_connected_slaves > 0');
    };
  },
});

async function firstReplica(stack: Stack): Promise<ManagedProcess> {
  const { site } = stack;
  await withRedis(site, (client) => client.configSet(atOnce));
  const replica = await replicaOf(stack);
  stack.defer(async () => {
    goOn(replica);
    await replica.stop();
  });
  await replica.start();
  replicas.set(stack, replica);
  await withRedis(site, (client) => client.configSet(asItComes));
  return replica;
}

/** Whoever stands still hears no SIGTERM either. */
function goOn({ pid }: ManagedProcess): void {
  if (pid !== undefined) signalGroup(pid, 'SIGCONT');
}

async function replicaOf(stack: Stack): Promise<ManagedProcess> {
  const { site, ledger } = stack;
  const port = await vacantPort();
  const password = site.secrets.read('redis');
  const configuration = site.secrets.write(
    'redis-replica.conf',
    [
      ...[
        'bind 127.0.0.1',
        `port ${port}`,
        `dir "${site.folder('redis-replica')}"`,
        'save ""',
        'daemonize no',
      ],
      ...[`replicaof 127.0.0.1 ${site.ports.redis}`, `masterauth ${password}`, `requirepass ${password}`, ''],
    ].join('\n'),
  );
  return new ManagedProcess({
    name: 'redis-replica',
    command: () => ({ program: site.program('redis'), args: [configuration] }),
    ready: () => isFollowed(site, port),
    logFile: site.path('logs', 'redis-replica.log'),
    ledger,
    setpriv: site.program('setpriv'),
  });
}

/** Whether the master counts it among its replicas, and it has all that the master had. */
async function isFollowed(site: Site, port: number): Promise<boolean> {
  const info = await withRedis(site, (client) => client.info('replication'));
  const followed = new RegExp(`port=${port},state=online`).test(info);
  if (followed) await sleep(1_500); // its first confirmation, from which the lag is counted
  return followed;
}
