import { Construct } from 'constructs';
import { authorityFile, authorityMounts, type DataStore } from './data-store';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import { database, postgresqlUrl } from './postgresql';
import { redisUrl } from './redis';
import type { Resources } from './resources';
import { secrets } from './secret-key';
import { Workload, type EnvironmentValue, type Scale } from './workload';

/** Environment that the server and the webhook share: where the stores are. */
export function storesEnvironment(stores: {
  readonly postgresql: DataStore;
  readonly redis: DataStore;
}): Readonly<Record<string, EnvironmentValue>> {
  const { postgresql, redis } = stores;
  const authority = authorityFile(redis);
  return {
    // Referred to by the two URLs, and therefore before them.
    DATABASE_PASSWORD: secrets.databaseUser,
    REDIS_PASSWORD: secrets.redis,
    CHATROOM_DATABASE_URL: postgresqlUrl(postgresql, database.user, 'DATABASE_PASSWORD', database.name),
    CHATROOM_REDIS_URL: redisUrl(redis, ':$(REDIS_PASSWORD)@'),
    // An address of Redis has no place for it; Node adds it to the authorities that everybody knows.
    ...(authority && { NODE_EXTRA_CA_CERTS: authority }),
  };
}

export interface ChatRoomProps {
  readonly namespace: string;
  readonly scale: Scale;
  readonly resources: Resources;
  readonly postgresql: DataStore;
  readonly redis: DataStore;
  readonly flows: NetworkFlows;
  /** @default - the release this project was published with */
  readonly image?: string;
  /** How long it keeps serving those who are connected after it was told to go. @default 30 */
  readonly drainSeconds?: number;
}

/** User that the image runs as. */
export const chatroomUser = 1000;

/** The chat server. People stay connected to it for hours, so that it is taken away from them gently. */
export class ChatRoom extends Construct {
  readonly server: Workload;

  constructor(scope: Construct, id: string, props: ChatRoomProps) {
    super(scope, id);
    const drain = props.drainSeconds ?? 30;
    // Long enough for every proxy to have heard that the pod takes no more connections.
    const pause = 5;
    this.server = new Workload(this, 'server', {
      name: 'chatroom-server',
      namespace: props.namespace,
      component: 'server',
      scale: props.scale,
      user: chatroomUser,
      graceSeconds: pause + drain + 15,
      containers: [
        {
          name: 'server',
          image: props.image ?? images.chatroom,
          args: ['build/chatroom/server.js'],
          ports: { http: 8000 },
          environment: {
            ...storesEnvironment(props),
            CHATROOM_PORT: '8000',
            CHATROOM_REPLICA: { field: 'metadata.name' },
            CHATROOM_DRAIN_SECONDS: String(drain),
          },
          startup: { http: { path: '/healthz', port: 'http' }, everySeconds: 2, failures: 30 },
          readiness: { http: { path: '/readyz', port: 'http' }, everySeconds: 5 },
          // Not readiness: restarting it does not mend a database.
          liveness: { http: { path: '/healthz', port: 'http' } },
          preStop: ['sleep', String(pause)],
          resources: props.resources,
          mounts: [{ path: '/tmp', scratch: 'tmp' }, ...authorityMounts(props.postgresql, props.redis)],
        },
      ],
    });
    const { flows, postgresql, redis } = props;
    flows.allow({ from: this.server, to: postgresql.peer, ports: [postgresql.port], purpose: 'messages' });
    flows.allow({ from: this.server, to: redis.peer, ports: [redis.port], purpose: 'fan-out and presence' });
  }
}
