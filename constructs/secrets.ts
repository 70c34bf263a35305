import { namespaces, type ClusterEnvironment } from './environment';
import { notificationSecret, secrets, type SecretKey } from './secret-key';

/** One value that must be there before what reads it can start. */
export interface RequiredSecret extends SecretKey {
  readonly namespace: string;
  /** What it opens, in words that complete "the …". */
  readonly purpose: string;
  /** Comes from somewhere else, such as an address at Slack, and cannot be made up. @default false */
  readonly given?: boolean;
  /** Another one whose value it must repeat. @default - its own value */
  readonly sameAs?: string;
}

/** Every Secret that an environment reads, in the order in which docs/kubernetes.md lists them. */
export function requiredSecrets(environment: ClusterEnvironment): readonly RequiredSecret[] {
  const all = secretsOf(environment);
  return environment.watchedBy ? all.filter(({ namespace }) => namespace === namespaces.chatroom) : all;
}

function secretsOf(environment: ClusterEnvironment): readonly RequiredSecret[] {
  const { chatroom, monitoring } = namespaces;
  const { mail, slack, chatroomWebhook, deadMansSwitch } = environment.monitoring.notifications;
  const { remoteWrite } = environment.prometheus;
  const external = environment.postgresql.kind === 'external';
  const authorities = [environment.postgresql, environment.redis].flatMap((store) =>
    store.kind === 'external' && typeof store.tls === 'object' ? [store.tls.authority] : [],
  );
  const notification = (key: string) => ({ namespace: monitoring, secret: notificationSecret, key });
  return [
    ...(external
      ? []
      : [{ namespace: chatroom, ...secrets.databaseSuperuser, purpose: 'superuser of PostgreSQL' }]),
    { namespace: chatroom, ...secrets.databaseUser, given: external, purpose: 'chat room in PostgreSQL' },
    { namespace: chatroom, ...secrets.databaseExporter, given: external, purpose: 'exporter in PostgreSQL' },
    {
      namespace: chatroom,
      ...secrets.redis,
      given: environment.redis.kind === 'external',
      purpose: 'chat room and exporter in Redis',
    },
    ...authorities.map((authority) => ({
      namespace: chatroom,
      ...authority,
      given: true,
      purpose: 'certificate of the authority that a store is known by',
    })),
    { namespace: chatroom, ...secrets.webhookToken, purpose: 'token that the webhook expects' },
    { namespace: monitoring, ...secrets.grafanaUser, purpose: 'name of the administrator of Grafana' },
    {
      namespace: monitoring,
      ...secrets.grafanaPassword,
      purpose: 'password of the administrator of Grafana',
    },
    ...(remoteWrite?.bearerToken
      ? [
          {
            namespace: monitoring,
            ...remoteWrite.bearerToken,
            given: true,
            purpose: 'store that samples are sent on to',
          },
        ]
      : []),
    ...(mail.authentication
      ? [{ ...notification(mail.authentication.password.key), given: true, purpose: 'mail server' }]
      : []),
    { ...notification(slack.url.key), given: true, purpose: 'incoming webhook of Slack' },
    ...(typeof deadMansSwitch.url === 'object'
      ? [
          {
            ...notification(deadMansSwitch.url.key),
            given: true,
            purpose: "address of the dead man's switch",
          },
        ]
      : []),
    ...(deadMansSwitch.token
      ? [{ ...notification(deadMansSwitch.token.key), given: true, purpose: "dead man's switch" }]
      : []),
    ...(chatroomWebhook.token
      ? [
          {
            ...notification(chatroomWebhook.token.key),
            sameAs: `${chatroom}/${secrets.webhookToken.secret}/${secrets.webhookToken.key}`,
            purpose: 'token that Alertmanager shows to the webhook',
          },
        ]
      : []),
  ];
}
