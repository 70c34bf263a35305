import { jobs, type Job } from '../jobs';
import type { AlertName } from '../rules';
import { firing } from './alerts/firing';
import { hosts } from './hosts';
import { cpu, load } from './hosts/cpu';
import { diskSpace, inodes, readOnly } from './hosts/disk';
import { clock, killed } from './hosts/kernel';
import { memory as hostMemory } from './hosts/memory';
import { networkErrors } from './hosts/network';
import { nginx } from './nginx';
import { connections as nginxConnections, refused as nginxRefused } from './nginx/connections';
import { answers as frontAnswers, errorShare as frontErrors, unreached } from './nginx/front';
import { state as nginxState } from './nginx/state';
import { nodejs } from './nodejs';
import { eventLoop } from './nodejs/cpu';
import { fileHandles, handles } from './nodejs/handles';
import { uptime } from './nodejs/lifetime';
import { heapShare } from './nodejs/memory';
import { overview } from './overview';
import { websocket } from './overview/websocket';
import { panelId, type BoardPlan, type PanelFunction } from './plan';
import { plans } from './plans';
import { postgresql } from './postgresql';
import { backends, longestTransaction } from './postgresql/connections';
import { state as postgresqlState } from './postgresql/state';
import { cacheHits, checkpoints, databaseSize } from './postgresql/storage';
import { deadlocks, transactions } from './postgresql/work';
import { redis } from './redis';
import { clients } from './redis/clients';
import { keys, keysGone } from './redis/keys';
import { fragmentation, memory as redisMemory } from './redis/memory';
import { state as redisState } from './redis/state';
import { fanout, history } from './service/delivery';
import { errors, latency, saturation } from './service/golden-signals';
import { closedByReason, exceptionsByOrigin } from './service/reasons';
import { burnRates } from './service/slo';
import { connectionsByReplica, messagesByReplica } from './service/replicas';
import { watching } from './watching';
import { notificationsFailed } from './watching/alertmanager';
import { notificationLog, samplesRefused, storageFailures } from './watching/losses';
import { evaluationFailures, notificationQueue } from './watching/rules';
import { scrapeDuration, targets } from './watching/scrapes';
import { state as watchingState } from './watching/state';
import { notificationsReceived } from './watching/webhook';

/** Alerts about which no panel shows anything, by the board that comes closest. */
const boardInstead = {
  // Only where there are replicas is there something to draw, and a panel that is empty elsewhere says nothing.
  AlertmanagerClusterSplit: watching,
  RedisReplicaLinkDown: redis,
  RedisReplicaLost: redis,
  RedisReplicationLagging: redis,
  // Nothing but a cluster has the series, and there Kubernetes has boards of its own.
  KubeAutoscalerAtMaximum: overview,
  KubeAutoscalerUnable: overview,
  KubeContainerMemoryNearLimit: overview,
  KubeContainerOOMKilled: overview,
  KubeNodeNotReady: overview,
  KubePersistentVolumeFilling: overview,
  KubePodCrashLooping: overview,
  KubePodPending: overview,
  KubePodStuckTerminating: overview,
  KubeReplicasUnavailable: overview,
} as const satisfies { readonly [Name in AlertName]?: BoardPlan };

type Unshown = keyof typeof boardInstead;

type AboutTargets = `${Job['title']}${'Down' | 'Absent'}`;

/** The alerts that each job has, which are all about who answers. */
const aboutTargets = jobs.flatMap(({ title }): readonly AboutTargets[] => [`${title}Down`, `${title}Absent`]);

/** The panel that shows what an alert is about. */
const panelOf: Readonly<Record<Exclude<AlertName, Unshown | AboutTargets>, PanelFunction>> = {
  ChatRoomUnavailable: targets,
  ChatRoomHighErrorRate: errors,
  ChatRoomHighResponseTime: latency,
  ChatRoomHighConcurrentConnections: saturation,
  ChatRoomReconnectStorm: websocket,
  ChatRoomConnectionsCliff: connectionsByReplica,
  ChatRoomReplicaOverloaded: connectionsByReplica,
  ChatRoomDrainStuck: connectionsByReplica,
  ChatRoomSlowClientsDropped: closedByReason,
  ChatRoomMessagesFlat: messagesByReplica,
  ChatRoomMessagesRefused: messagesByReplica,
  ChatRoomFanoutLagging: fanout,
  ChatRoomHistorySlow: history,
  ChatRoomExceptions: exceptionsByOrigin,
  ChatRoomWebhookFailing: notificationsReceived,
  ChatRoomAvailabilityBudgetBurningFast: burnRates,
  ChatRoomAvailabilityBudgetBurningSlowly: burnRates,
  ChatRoomLatencyBudgetBurningFast: burnRates,
  ChatRoomLatencyBudgetBurningSlowly: burnRates,
  ChatRoomDeliveryBudgetBurningFast: burnRates,
  ChatRoomDeliveryBudgetBurningSlowly: burnRates,
  NodejsEventLoopLagging: eventLoop,
  NodejsHeapNearLimit: heapShare,
  NodejsHandlesGrowing: handles,
  NodejsFileDescriptorsNearLimit: fileHandles,
  NodejsProcessRestarting: uptime,
  NginxDown: nginxState,
  NginxInstanceDown: nginxState,
  NginxConnectionsDropped: nginxRefused,
  NginxConnectionsNearLimit: nginxConnections,
  NginxUpstreamGone: unreached,
  NginxLogUnreadable: frontAnswers,
  NginxLogSilent: frontAnswers,
  NginxHighErrorRate: frontErrors,
  NginxHighClientErrorRate: frontErrors,
  HostDown: targets,
  HighCPUUsage: cpu,
  HighMemoryUsage: hostMemory,
  DiskSpaceUsage: diskSpace,
  DiskWillFill: diskSpace,
  DiskInodesUsage: inodes,
  FilesystemReadOnly: readOnly,
  HostClockSkew: clock,
  HostClockNotSynchronised: clock,
  HostOomKill: killed,
  HostNetworkErrors: networkErrors,
  HostHighLoad: load,
  PostgreSQLDown: postgresqlState,
  PostgreSQLHighConnections: backends,
  PostgreSQLDeadlocks: deadlocks,
  PostgreSQLLongTransaction: longestTransaction,
  PostgreSQLLowCacheHitRatio: cacheHits,
  PostgreSQLHighRollbackRatio: transactions,
  PostgreSQLDatabaseGrowing: databaseSize,
  PostgreSQLForcedCheckpoints: checkpoints,
  RedisDown: redisState,
  RedisInstanceDown: redisState,
  RedisHighMemoryUsage: redisMemory,
  RedisMemoryFragmented: fragmentation,
  RedisEvictingKeys: keysGone,
  RedisRejectedConnections: clients,
  RedisKeysWithoutExpiryGrowing: keys,
  PrometheusRuleFailures: evaluationFailures,
  PrometheusRulesMissed: evaluationFailures,
  PrometheusScrapeNearTimeout: scrapeDuration,
  PrometheusSamplesDropped: samplesRefused,
  PrometheusStorageFailing: storageFailures,
  PrometheusNotificationsFailing: notificationQueue,
  PrometheusNoAlertmanager: notificationQueue,
  PrometheusConfigNotLoaded: watchingState,
  AlertmanagerNotificationsFailing: notificationsFailed,
  AlertmanagerConfigNotLoaded: watchingState,
  AlertmanagerNotificationLogNotKept: notificationLog,
  // The one that always fires: it is missed where it should stand.
  Watchdog: firing,
};

/** Boards on which an alert's instance is shown alone; replicas are better seen beside each other. */
const ofSingleInstances: readonly BoardPlan[] = [postgresql, redis, nginx, hosts, nodejs];

/** The alerts that lead to a board and to no panel of it. */
export const alertsWithoutPanel = Object.keys(boardInstead) as readonly Unshown[];

/** The alerts that lead to a panel. */
export function alertsLedTo(panel: PanelFunction): readonly AlertName[] {
  const shown = [...aboutTargets, ...(Object.keys(panelOf) as readonly (keyof typeof panelOf)[])];
  return shown.filter((name) => panelFor(name) === panel);
}

/**
 * Where to look when an alert fires: the panel that shows what it is about, or else the board that comes closest. The
 * result is a template that Prometheus fills in with the alert's instance, where it has one.
 *
 * @throws RangeError when the panel is on no board.
 */
export function boardLink(grafana: string, alert: AlertName): string {
  const panel = isUnshown(alert) ? undefined : panelFor(alert);
  const board = isUnshown(alert) ? boardInstead[alert] : boardWith(panelFor(alert));
  const view = panel ? `viewPanel=${panelId(board, panel)}` : '';
  // `index` and not `$labels.instance`: an alert about a whole job has no instance, and its link none either.
  const instance = ofSingleInstances.includes(board)
    ? `{{ with index $labels "instance" }}${view && '&'}var-instance={{ . | urlquery }}{{ end }}`
    : '';
  return `${grafana}/d/${board.uid}${view || instance ? '?' : ''}${view}${instance}`;
}

function isUnshown(alert: AlertName): alert is Unshown {
  return Object.hasOwn(boardInstead, alert);
}

function panelFor(alert: Exclude<AlertName, Unshown>): PanelFunction {
  return isAboutTargets(alert) ? targets : panelOf[alert];
}

function isAboutTargets(alert: AlertName): alert is AboutTargets {
  return (aboutTargets as readonly string[]).includes(alert);
}

function boardWith(panel: PanelFunction): BoardPlan {
  const board = plans.find(({ rows }) => rows.some(({ panels }) => panels.includes(panel)));
  if (!board) {
    throw new RangeError(
      `${panel.name} is on no board; add it to the rows of one or lead its alert elsewhere`,
    );
  }
  return board;
}
