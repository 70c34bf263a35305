import { setTimeout as sleep } from 'node:timers/promises';
import { withRedis } from '../components/redis';
import type { Site } from '../site';
import type { Stack } from '../stack';
import { ManagedProcess } from '../supervisor/managed-process';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';
import { vacantPort } from './vacant-port';

/** Of the master while the replica is there: it copies at once, and waits for a replica that says nothing. */
const patient = { 'repl-diskless-sync-delay': '0', 'repl-timeout': '3600' } as const;
const asItComes = { 'repl-diskless-sync-delay': '5', 'repl-timeout': '60' } as const;

export const redisReplica = fault({
  name: 'redis-replica',
  does: 'gives Redis a replica, and stops that in its tracks',
  alerts: ['RedisReplicationLagging'],
  inject: async (stack) => {
    const { site } = stack;
    await withRedis(site, (client) => client.configSet(patient));
    const replica = await replicaOf(stack);
    const end = async (): Promise<void> => {
      if (replica.pid !== undefined) signalGroup(replica.pid, 'SIGCONT'); // whoever stands still hears no SIGTERM
      await replica.stop();
      await withRedis(site, (client) => client.configSet(asItComes));
    };
    stack.defer(end);
    await replica.start();
    if (replica.pid !== undefined) signalGroup(replica.pid, 'SIGSTOP');
    return end;
  },
});

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
