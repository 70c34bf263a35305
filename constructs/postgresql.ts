import { Construct } from 'constructs';
import { ConfigFiles } from './config-files';
import { authorityFile, type DataStore } from './data-store';
import { images } from './images';
import type { Resources } from './resources';
import { secrets } from './secret-key';
import { Workload } from './workload';

export interface PostgreSqlProps {
  readonly namespace: string;
  readonly storage: string;
  /** @default - that which the cluster gives to who asks for none */
  readonly storageClass?: string;
  readonly resources: Resources;
}

/** Roles and the database of the chat room; they do not change with the environment. */
export const database = { name: 'chatroom', user: 'chatroom', exporter: 'postgres_exporter' } as const;

/**
 * Address of a database for clients in JavaScript and in Go. They mean the same only by the two ends of the scale:
 * what `require` and `verify-ca` check differs from one to the other, and between releases of one.
 * @param password - the name of the variable that holds it
 */
export function postgresqlUrl(store: DataStore, user: string, password: string, name: string): string {
  const authority = authorityFile(store);
  const options = new URLSearchParams({
    sslmode: (store.tls ?? 'off') === 'off' ? 'disable' : 'verify-full',
    ...(authority && { sslrootcert: authority }),
  });
  // The commas, colons and slashes of a path mean themselves here, and are easier to read.
  return `postgresql://${user}:$(${password})@${store.host}:${store.port}/${name}?${decodeURIComponent(String(options))}`;
}

/**
 * Runs once, on an empty volume. Passwords come by environment; psql quotes them.
 * @internal exported for the test that lets PostgreSQL run it
 */
export const createRoles = `\\getenv chatroom CHATROOM_PASSWORD
\\getenv exporter EXPORTER_PASSWORD
CREATE ROLE ${database.user} LOGIN PASSWORD :'chatroom';
CREATE DATABASE ${database.name} OWNER ${database.user};
CREATE ROLE ${database.exporter} LOGIN PASSWORD :'exporter' IN ROLE pg_monitor;
`;

/** One PostgreSQL with one volume: enough to develop against, not to lose sleep over. */
export class PostgreSql extends Construct implements DataStore {
  readonly host: string;
  readonly port = 5432;
  readonly peer: Workload;

  constructor(scope: Construct, id: string, props: PostgreSqlProps) {
    super(scope, id);
    const { namespace } = props;
    const initialisation = new ConfigFiles(this, 'initialisation', {
      identity: { name: 'postgresql-initialisation', component: 'database' },
      namespace,
      files: { '10-roles.sql': createRoles },
    });
    const isReady = ['pg_isready', '--username', 'postgres', '--host', '127.0.0.1'];
    // While it recovers from a crash it answers that it refuses (1): ended then, it would begin anew for ever.
    const alive = { command: ['sh', '-c', `${isReady.join(' ')}; test $? -le 1`] };
    this.peer = new Workload(this, 'server', {
      name: 'postgresql',
      namespace,
      component: 'database',
      kind: 'StatefulSet',
      user: 70,
      storage: { size: props.storage, className: props.storageClass },
      // A checkpoint of everything in memory has to fit in.
      graceSeconds: 60,
      containers: [
        {
          name: 'postgresql',
          image: images.postgresql,
          ports: { postgresql: this.port },
          environment: {
            PGDATA: '/var/lib/postgresql/data/pgdata',
            POSTGRES_PASSWORD: secrets.databaseSuperuser,
            CHATROOM_PASSWORD: secrets.databaseUser,
            EXPORTER_PASSWORD: secrets.databaseExporter,
          },
          startup: { ...alive, everySeconds: 2, failures: 60 },
          readiness: { command: isReady },
          liveness: { ...alive, failures: 6 },
          resources: props.resources,
          mounts: [
            { path: '/var/lib/postgresql/data', storage: true },
            { path: '/docker-entrypoint-initdb.d', config: initialisation },
            { path: '/var/run/postgresql', scratch: 'run' },
            { path: '/tmp', scratch: 'tmp' },
          ],
        },
      ],
    });
    this.host = `${this.peer.name}.${namespace}.svc`;
  }
}
