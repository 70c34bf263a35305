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
  hear: ['ChatRoomMessagesFlat', 'ChatRoomDeliveryBudgetBurningFast', 'ChatRoomDeliveryBudgetBurningSlowly'],
  /** They are answered by nginx, because nobody else does, or with what it got from behind it. */
  enter: ['NginxUpstreamGone', 'NginxHighErrorRate'],
  /** They are thrown out, and come back. */
  stay: ['ChatRoomConnectionsCliff', 'ChatRoomReconnectStorm', 'ChatRoomReplicaOverloaded'],
} as const satisfies Record<string, Names>;

const sameInstallation = ['cluster'] as const;
const sameTarget = ['cluster', 'instance'] as const;

/**
 * What follows from what, over the whole catalogue: hosts carry services; PostgreSQL, Redis and nginx carry the chat
 * room; and of what is gone, nothing that its exporter says is news. Every cause is critical, so that whoever is not
 * told of a consequence has been told of its cause. A new alert that others explain is one name here.
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
      'ChatRoomHistorySlow',
      'ChatRoomExceptions',
      'ChatRoomWebhookFailing',
    ],
    share: sameInstallation,
  },

  // Redis carries messages between replicas; PostgreSQL stands in for it, more slowly.
  { causes: ['RedisDown', 'RedisExporterDown'], consequences: symptoms.redis, share: sameTarget },
  {
    causes: ['RedisDown'],
    consequences: [
      ...users.enter,
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
  { causes: ['NginxDown', 'NginxExporterDown'], consequences: symptoms.nginx, share: sameTarget },
  { causes: ['NginxConnectionsDropped'], consequences: ['NginxConnectionsNearLimit'], share: sameTarget },
  {
    causes: ['NginxDown'],
    consequences: ['ChatRoomMessagesFlat', ...users.stay],
    share: sameInstallation,
  },
  {
    causes: ['NginxUpstreamGone'],
    consequences: ['ChatRoomMessagesFlat', 'ChatRoomConnectionsCliff'],
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
  {
    causes: ['ChatRoomServerDown'],
    consequences: [
      ...users.enter,
      ...users.stay,
      'ChatRoomMessagesFlat',
      'ChatRoomAvailabilityBudgetBurningFast',
      'ChatRoomAvailabilityBudgetBurningSlowly',
      'ChatRoomLatencyBudgetBurningFast',
      'ChatRoomLatencyBudgetBurningSlowly',
      'ChatRoomDeliveryBudgetBurningFast',
      'ChatRoomDeliveryBudgetBurningSlowly',
    ],
    share: sameInstallation,
  },
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
