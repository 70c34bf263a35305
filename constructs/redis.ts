import { Construct } from 'constructs';
import type { DataStore } from './data-store';
import { images } from './images';
import type { Resources } from './resources';
import { secrets } from './secret-key';
import { Workload } from './workload';

export interface RedisProps {
  readonly namespace: string;
  readonly storage: string;
  /** @default - that which the cluster gives to who asks for none */
  readonly storageClass?: string;
  readonly resources: Resources;
  /** Data it may hold, e.g. `64mb`; the rest of its memory is for connections and for saving. */
  readonly maxMemory: string;
}

/** Address of a Redis, without the password, which clients are told apart from it or before it. */
export function redisUrl({ host, port, tls = 'off' }: DataStore, login = ''): string {
  return `${tls === 'off' ? 'redis' : 'rediss'}://${login}${host}:${port}`;
}

/**
 * The password goes through standard input: arguments are visible to whoever may list processes. The shell becomes
 * Redis, which would not hear that it is to end if it were the shell's child.
 * @internal exported for the test that starts a Redis with it
 */
export function redisCommand(maxMemory: string): readonly string[] {
  const options = `--dir /data --appendonly yes --maxmemory ${maxMemory} --maxmemory-policy noeviction`;
  return ['sh', '-c', `exec redis-server - ${options} <<CONFIG\nrequirepass "$REDIS_PASSWORD"\nCONFIG\n`];
}

/** One Redis with one volume. It refuses writes rather than forget what it was told to keep. */
export class Redis extends Construct implements DataStore {
  readonly host: string;
  readonly port = 6379;
  readonly peer: Workload;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    // While it reads what it saved it answers LOADING: ended then, it would begin anew for ever.
    const answers = (what: string) => ({
      command: ['sh', '-c', `REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli ping | grep -qE '${what}'`],
    });
    const alive = answers('PONG|LOADING');
    this.peer = new Workload(this, 'server', {
      name: 'redis',
      namespace: props.namespace,
      component: 'cache',
      kind: 'StatefulSet',
      user: 999,
      storage: { size: props.storage, className: props.storageClass },
      containers: [
        {
          name: 'redis',
          image: images.redis,
          command: [...redisCommand(props.maxMemory)],
          environment: { REDIS_PASSWORD: secrets.redis },
          ports: { redis: this.port },
          startup: { ...alive, everySeconds: 2, failures: 30 },
          readiness: answers('PONG'),
          liveness: { ...alive, failures: 6 },
          resources: props.resources,
          mounts: [{ path: '/data', storage: true }],
        },
      ],
    });
    this.host = `${this.peer.name}.${props.namespace}.svc`;
  }
}
