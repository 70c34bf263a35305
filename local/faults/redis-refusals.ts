import { once } from 'node:events';
import { connect } from 'node:net';
import { withRedis } from '../components/redis';
import { fault } from './fault';
import { repeat } from './repeat';

const guests = 5;
const room = 1;

export const redisRefusals = fault({
  name: 'redis-refusals',
  does: 'lets nobody new into Redis for a moment, every few seconds',
  alerts: ['RedisRejectedConnections'],
  inject: async (stack) => {
    const { site } = stack;
    // For a moment only: while none is free the exporter is refused as well, and RedisDown is what would fire.
    return repeat(stack, 4_000, () =>
      withRedis(site, async (client) => {
        const { maxclients = '10000' } = await client.configGet('maxclients');
        const present = Number(/^connected_clients:(\d+)/m.exec(await client.info('clients'))?.[1]);
        await client.configSet('maxclients', String(present + room));
        const sockets = Array.from({ length: guests }, () => connect(site.ports.redis, '127.0.0.1'));
        try {
          // Whoever is refused is told so; who is let in hears nothing.
          await Promise.any(sockets.map((socket) => once(socket, 'data')));
        } finally {
          sockets.forEach((socket) => socket.destroy());
          await client.configSet('maxclients', maxclients);
        }
      }),
    );
  },
});
