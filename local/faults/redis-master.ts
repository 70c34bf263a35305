import { withRedis } from '../components/redis';
import { fault } from './fault';
import { vacantPort } from './vacant-port';

export const redisMaster = fault({
  name: 'redis-master',
  does: 'tells Redis to follow a master that is not there',
  alerts: ['RedisReplicaLinkDown'],
  inject: async ({ site, defer }) => {
    const follow = (host: string, port: string) =>
      withRedis(site, (client) => client.sendCommand(['REPLICAOF', host, port]));
    const stand = async (): Promise<void> => void (await follow('NO', 'ONE'));
    defer(stand);
    await follow('127.0.0.1', String(await vacantPort()));
    return stand;
  },
});
