/** Where a secret value is found: never the value. */
export interface SecretKey {
  /** Name of the Secret, in the namespace of whoever reads it. */
  readonly secret: string;
  readonly key: string;
}

export function isSecretKey(value: unknown): value is SecretKey {
  return typeof value === 'object' && value !== null && 'secret' in value && 'key' in value;
}

/** The values that workloads read. They are made outside of this project; see docs/kubernetes.md. */
export const secrets = {
  databaseSuperuser: { secret: 'postgresql', key: 'superuser-password' },
  databaseUser: { secret: 'postgresql', key: 'chatroom-password' },
  databaseExporter: { secret: 'postgresql', key: 'exporter-password' },
  redis: { secret: 'redis', key: 'password' },
  webhookToken: { secret: 'chatroom-webhook', key: 'token' },
  grafanaUser: { secret: 'grafana-admin', key: 'user' },
  grafanaPassword: { secret: 'grafana-admin', key: 'password' },
} as const satisfies Record<string, SecretKey>;

/** The Secret in Alertmanager's namespace whose keys the receivers name. */
export const notificationSecret = 'alertmanager-notifications';
