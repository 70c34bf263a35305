import { createClient } from 'redis';
import type { Site } from '../site';
import { component } from './component';

export const redis = component({
  name: 'redis',
  title: 'Redis',
  ports: ['redis'],
  prepare: (site) => {
    site.folder('redis');
    // Presence and fan-out are rebuilt by the chat servers, so nothing is worth a disk write.
    site.secrets.write(
      'redis.conf',
      [
        'bind 127.0.0.1',
        `port ${site.ports.redis}`,
        `dir "${site.path('redis')}"`,
        'save ""',
        'appendonly no',
        'daemonize no',
        `requirepass ${site.secrets.read('redis')}`,
        '',
      ].join('\n'),
    );
  },
  command: (site) => ({ program: site.program('redis'), args: [site.secrets.file('redis.conf')] }),
  ready: (site) => withRedis(site, async (client) => (await client.ping()) === 'PONG'),
});

/** The address of the local server, password included: for environments, not for command lines. */
export function redisUrl(site: Site): string {
  return `redis://:${site.secrets.read('redis')}@127.0.0.1:${site.ports.redis}`;
}

/** Runs something on the local server. */
export async function withRedis<T>(
  site: Site,
  use: (client: ReturnType<typeof createClient>) => Promise<T>,
): Promise<T> {
  const client = createClient({
    url: redisUrl(site),
    socket: { reconnectStrategy: false, connectTimeout: 2_000 },
  });
  client.on('error', () => undefined); // the failing call says the same
  try {
    await client.connect();
    return await use(client as ReturnType<typeof createClient>);
  } finally {
    client.destroy();
  }
}
