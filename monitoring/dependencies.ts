import type { Dependency } from './model/dependency';
import type { AlertName } from './rules';

type Names = readonly AlertName[];

/** What each part says about itself while it works badly. */
const symptoms = {
  host: [
    'HighCPUUsage',
    'HighMemoryUsage',
    'DiskSpaceUsage',
    'DiskWillFill',
    'DiskInodesUsage',
    'FilesystemReadOnly',
    'HostClockSkew',
    'HostClockNotSynchronised',
    'HostOomKill',
    'HostNetworkErrors',
    'HostHighLoad',
  ],
  postgresql: [
    'PostgreSQLHighConnections',
    'PostgreSQLDeadlocks',
    'PostgreSQLLongTransaction',
    'PostgreSQLLowCacheHitRatio',
    'PostgreSQLHighRollbackRatio',
    'PostgreSQLDatabaseGrowing',
    'PostgreSQLForcedCheckpoints',
  ],
  redis: [
    'RedisHighMemoryUsage',
    'RedisEvictingKeys',
    'RedisRejectedConnections',
    'RedisMemoryFragmented',
    'RedisReplicaLinkDown',
    'RedisReplicaLost',
    'RedisKeysWithoutExpiryGrowing',
  ],
  nginx: ['NginxConnectionsDropped', 'NginxConnectionsNearLimit'],
  process: [
    'ChatRoomDrainStuck',
    'NodejsEventLoopLagging',
    'NodejsHeapNearLimit',
    'NodejsHandlesGrowing',
    'NodejsFileDescriptorsNearLimit',
    'NodejsProcessRestarting',
  ],
  alertmanager: [
    'AlertmanagerNotificationsFailing',
    'AlertmanagerConfigNotLoaded',
    'AlertmanagerNotificationLogNotKept',
    'AlertmanagerClusterSplit',
  ],
} as const satisfies Record<string, Names>;

/** What users of the chat room notice, by what they do. */
const users = {
  /** They ask, and are answered wrongly, late or not at all. */
  ask: [
    'ChatRoomHighErrorRate',
    'ChatRoomHighResponseTime',
    'ChatRoomAvailabilityBudgetBurningFast',
    'ChatRoomAvailabilityBudgetBurningSlowly',
    'ChatRoomLatencyBudgetBurningFast',
    'ChatRoomLatencyBudgetBurningSlowly',
  ],
  /** They write, and the others read it late or never. */
  hear: [
    'ChatRoomMessagesFlat',
    'ChatRoomMessagesRefused',
    'ChatRoomDeliveryBudgetBurningFast',
    'ChatRoomDeliveryBudgetBurningSlowly',
  ],
  /** They are answered by nginx, because nobody else does, or with what it got from behind it. */
  enter: ['NginxUpstreamGone', 'NginxHighErrorRate'],
  /** They are thrown out, and come back. */
  stay: ['ChatRoomConnectionsCliff', 'ChatRoomReconnectStorm', 'ChatRoomReplicaOverloaded'],
} as const satisfies Record<string, Names>;

/** Of every promise: what nobody is answered for costs all of them. */
const budgets = [
  'ChatRoomAvailabilityBudgetBurningFast',
  'ChatRoomAvailabilityBudgetBurningSlowly',
  'ChatRoomLatencyBudgetBurningFast',
  'ChatRoomLatencyBudgetBurningSlowly',
  'ChatRoomDeliveryBudgetBurningFast',
  'ChatRoomDeliveryBudgetBurningSlowly',
] as const satisfies Names;

const sameInstallation = ['cluster'] as const;
const sameTarget = ['cluster', 'instance'] as const;

/**
 * What follows from what, over the whole catalogue: hosts carry services; PostgreSQL, Redis and nginx carry the chat
 * room; and of what is gone, nothing that its exporter says is news. Every cause is critical, so that whoever is not
 * told of a consequence has been told of its cause. A new alert that others explain is one name here.
 *
 * What one instance of several says of itself explains what that instance says besides, and what its end alone brings
 * about; what everybody feels is explained only by what is gone for everybody. One replica may stay dead for a night
 * in which the others fail by themselves.
 */
export const dependencies: readonly Dependency<AlertName>[] = [
  // Hosts. Where targets have a label `node`, a host that is gone explains what ran on it. That its exporter is gone
  // does not: it may have died alone, and what fails next beside it has to be told.
  { causes: ['NodeExporterDown'], consequences: symptoms.host, share: sameTarget },
  {
    causes: ['HostDown', 'KubeNodeNotReady'],
    consequences: [
      'NodeExporterDown',
      'KubeletDown',
      'CadvisorDown',
      'ChatRoomServerDown',
      'PostgresExporterDown',
      'RedisExporterDown',
      'NginxExporterDown',
      'NginxLogExporterDown',
      'ChatRoomWebhookDown',
    ],
    share: ['cluster', 'node'],
    present: ['node'],
  },
  {
    causes: ['KubeNodeNotReady'],
    consequences: ['HostDown'],
    share: ['cluster', 'node'],
    present: ['node'],
  },
  // A node that does not answer confirms no deletion either; where a pod that is being deleted was, nothing says.
  { causes: ['KubeNodeNotReady'], consequences: ['KubePodStuckTerminating'], share: sameInstallation },
  {
    causes: ['DiskSpaceUsage'],
    consequences: ['DiskWillFill'],
    share: ['cluster', 'instance', 'mountpoint'],
  },

  // PostgreSQL keeps the messages: without it nothing is stored, read or, in the end, heard.
  {
    causes: ['PostgreSQLDown', 'PostgresExporterDown'],
    consequences: symptoms.postgresql,
    share: sameTarget,
  },
  {
    causes: ['PostgreSQLDown'],
    consequences: [
      ...users.ask,
      ...users.hear,
      ...users.enter,
      'ChatRoomUnavailable',
      'ChatRoomHistorySlow',
      'ChatRoomExceptions',
      'ChatRoomWebhookFailing',
    ],
    share: sameInstallation,
  },

  // Redis carries messages between replicas; PostgreSQL stands in for it, more slowly, and no server calls itself ready.
  {
    causes: ['RedisDown', 'RedisInstanceDown', 'RedisExporterDown'],
    consequences: symptoms.redis,
    share: sameTarget,
  },
  { causes: ['RedisDown'], consequences: ['RedisInstanceDown'], share: ['cluster', 'job'] },
  { causes: ['RedisInstanceDown'], consequences: ['RedisReplicaLost'], share: ['cluster', 'job'] },
  {
    causes: ['RedisDown'],
    consequences: [
      ...users.enter,
      'ChatRoomUnavailable',
      'ChatRoomFanoutLagging',
      'ChatRoomExceptions',
      'ChatRoomDeliveryBudgetBurningFast',
      'ChatRoomDeliveryBudgetBurningSlowly',
      'RedisReplicaLinkDown',
    ],
    share: sameInstallation,
  },
  {
    causes: ['RedisRejectedConnections'],
    consequences: ['ChatRoomFanoutLagging', 'ChatRoomExceptions'],
    share: sameInstallation,
  },

  // Everybody comes in through nginx.
  {
    causes: ['NginxDown', 'NginxInstanceDown', 'NginxExporterDown'],
    consequences: symptoms.nginx,
    share: sameTarget,
  },
  { causes: ['NginxDown'], consequences: ['NginxInstanceDown'], share: ['cluster', 'job'] },
  { causes: ['NginxConnectionsDropped'], consequences: ['NginxConnectionsNearLimit'], share: sameTarget },
  {
    causes: ['NginxDown'],
    consequences: ['ChatRoomMessagesFlat', ...users.stay, ...budgets],
    share: sameInstallation,
  },
  // Who came in by one of several is thrown out, and comes back by the others.
  {
    causes: ['NginxInstanceDown'],
    consequences: ['ChatRoomConnectionsCliff', 'ChatRoomReconnectStorm'],
    share: sameInstallation,
  },
  {
    causes: ['NginxUpstreamGone'],
    consequences: [
      'ChatRoomMessagesFlat',
      'ChatRoomConnectionsCliff',
      'ChatRoomAvailabilityBudgetBurningFast',
      'ChatRoomAvailabilityBudgetBurningSlowly',
    ],
    share: sameInstallation,
  },
  // Seen from the front an error is the same whoever made it: who says more about it is heard.
  {
    causes: ['NginxUpstreamGone', 'ChatRoomHighErrorRate'],
    consequences: ['NginxHighErrorRate'],
    share: sameInstallation,
  },

  // The chat servers.
  { causes: ['ChatRoomServerDown'], consequences: symptoms.process, share: sameTarget },
  // Its people come back to the others.
  { causes: ['ChatRoomServerDown'], consequences: users.stay, share: sameInstallation },
  {
    causes: ['ChatRoomUnavailable'],
    consequences: [...users.ask, ...users.hear, ...users.enter, ...users.stay],
    share: sameInstallation,
  },
  // Nobody watches them: of what else is seen, only what is concluded from not seeing them is no news.
  { causes: ['ChatRoomServerAbsent'], consequences: budgets, share: sameInstallation },
  {
    causes: ['ChatRoomHighErrorRate'],
    consequences: [
      'ChatRoomHighResponseTime',
      'ChatRoomExceptions',
      'ChatRoomAvailabilityBudgetBurningFast',
      'ChatRoomAvailabilityBudgetBurningSlowly',
    ],
    share: ['cluster', 'job'],
  },
  // A message that cannot be stored is an exception first, then refused, and reaches nobody.
  {
    causes: ['ChatRoomMessagesRefused'],
    consequences: [
      'ChatRoomMessagesFlat',
      'ChatRoomExceptions',
      'ChatRoomDeliveryBudgetBurningFast',
      'ChatRoomDeliveryBudgetBurningSlowly',
    ],
    share: ['cluster', 'job'],
  },
  // The webhook writes alerts where everybody writes.
  { causes: ['ChatRoomMessagesRefused'], consequences: ['ChatRoomWebhookFailing'], share: sameInstallation },
  {
    causes: ['ChatRoomReconnectStorm'],
    consequences: ['ChatRoomHistorySlow', 'ChatRoomSlowClientsDropped'],
    share: ['cluster', 'job'],
  },
  // Who is told that a budget burns fast need not be told that it burns.
  ...(
    [
      ['ChatRoomAvailabilityBudgetBurningFast', 'ChatRoomAvailabilityBudgetBurningSlowly'],
      ['ChatRoomLatencyBudgetBurningFast', 'ChatRoomLatencyBudgetBurningSlowly'],
      ['ChatRoomDeliveryBudgetBurningFast', 'ChatRoomDeliveryBudgetBurningSlowly'],
    ] as const
  ).map(([fast, slowly]) => ({ causes: [fast], consequences: [slowly], share: ['cluster', 'slo'] })),

  // The monitoring itself.
  { causes: ['AlertmanagerDown'], consequences: symptoms.alertmanager, share: sameTarget },
  {
    causes: ['AlertmanagerDown'],
    consequences: ['PrometheusNotificationsFailing'],
    share: sameInstallation,
  },
  {
    causes: [
      'ChatRoomServerDown',
      'NodeExporterDown',
      'PostgresExporterDown',
      'RedisExporterDown',
      'NginxExporterDown',
      'AlertmanagerDown',
    ],
    consequences: ['PrometheusScrapeNearTimeout'],
    share: sameTarget,
  },
];
