import type { Service } from '../model/service';
import type { AlertName } from '../rules';
import { plans } from '.';
import { hosts } from './hosts';
import { cpu, load } from './hosts/cpu';
import { diskSpace, inodes } from './hosts/disk';
import { clock, killed } from './hosts/kernel';
import { memory as hostMemory } from './hosts/memory';
import { networkErrors } from './hosts/network';
import { nginx } from './nginx';
import { connections as nginxConnections, refused as nginxRefused } from './nginx/connections';
import { errorShare as frontErrors, unreached } from './nginx/front';
import { nodejs } from './nodejs';
import { eventLoop } from './nodejs/cpu';
import { fileHandles, handles } from './nodejs/handles';
import { heap } from './nodejs/memory';
import { overview } from './overview';
import { panelId, type BoardPlan, type PanelFunction } from './plan';
import { postgresql } from './postgresql';
import { backends, longestTransaction } from './postgresql/connections';
import { cacheHits, checkpoints, databaseSize } from './postgresql/storage';
import { deadlocks, transactions } from './postgresql/work';
import { redis } from './redis';
import { clients } from './redis/clients';
import { keys, keysGone } from './redis/keys';
import { fragmentation, memory as redisMemory } from './redis/memory';
import { service } from './service';
import { fanout, history } from './service/delivery';
import { errors, latency, saturation } from './service/golden-signals';
import { closedByReason, exceptionsByOrigin } from './service/reasons';
import { burnRates } from './service/slo';
import { connectionsByReplica, messagesByReplica } from './service/replicas';
import { watching } from './watching';
import { notificationsFailed } from './watching/alertmanager';
import { evaluationFailures, notificationQueue } from './watching/rules';
import { scrapeDuration } from './watching/scrapes';

/** The board to look at when something about a service is wrong and no panel shows just that. */
const boardOf: Readonly<Record<Service, BoardPlan>> = {
  chatroom: service,
  postgresql,
  redis,
  nginx,
  system: hosts,
  monitoring: watching,
  kubernetes: overview,
};

/** The panel that shows what an alert is about, where one does. */
const panelOf: { readonly [Name in AlertName]?: PanelFunction } = {
  ChatRoomHighErrorRate: errors,
  ChatRoomHighResponseTime: latency,
  ChatRoomHighConcurrentConnections: saturation,
  ChatRoomReconnectStorm: closedByReason,
  ChatRoomConnectionsCliff: connectionsByReplica,
  ChatRoomReplicaOverloaded: connectionsByReplica,
  ChatRoomDrainStuck: connectionsByReplica,
  ChatRoomSlowClientsDropped: closedByReason,
  ChatRoomMessagesFlat: messagesByReplica,
  ChatRoomFanoutLagging: fanout,
  ChatRoomHistorySlow: history,
  ChatRoomExceptions: exceptionsByOrigin,
  ChatRoomAvailabilityBudgetBurningFast: burnRates,
  ChatRoomAvailabilityBudgetBurningSlowly: burnRates,
  ChatRoomLatencyBudgetBurningFast: burnRates,
  ChatRoomLatencyBudgetBurningSlowly: burnRates,
  ChatRoomDeliveryBudgetBurningFast: burnRates,
  ChatRoomDeliveryBudgetBurningSlowly: burnRates,
  NodejsEventLoopLagging: eventLoop,
  NodejsHeapNearLimit: heap,
  NodejsHandlesGrowing: handles,
  NodejsFileDescriptorsNearLimit: fileHandles,
  NginxConnectionsDropped: nginxRefused,
  NginxConnectionsNearLimit: nginxConnections,
  NginxUpstreamGone: unreached,
  NginxHighErrorRate: frontErrors,
  NginxHighClientErrorRate: frontErrors,
  HighCPUUsage: cpu,
  HighMemoryUsage: hostMemory,
  DiskSpaceUsage: diskSpace,
  DiskWillFill: diskSpace,
  DiskInodesUsage: inodes,
  HostClockSkew: clock,
  HostOomKill: killed,
  HostNetworkErrors: networkErrors,
  HostHighLoad: load,
  PostgreSQLHighConnections: backends,
  PostgreSQLDeadlocks: deadlocks,
  PostgreSQLLongTransaction: longestTransaction,
  PostgreSQLLowCacheHitRatio: cacheHits,
  PostgreSQLHighRollbackRatio: transactions,
  PostgreSQLDatabaseGrowing: databaseSize,
  PostgreSQLForcedCheckpoints: checkpoints,
  RedisHighMemoryUsage: redisMemory,
  RedisMemoryFragmented: fragmentation,
  RedisEvictingKeys: keysGone,
  RedisRejectedConnections: clients,
  RedisKeysWithoutExpiryGrowing: keys,
  PrometheusRuleFailures: evaluationFailures,
  PrometheusScrapeNearTimeout: scrapeDuration,
  PrometheusNotificationsFailing: notificationQueue,
  AlertmanagerNotificationsFailing: notificationsFailed,
};

/** Boards on which an alert's instance is shown alone; replicas are better seen beside each other. */
const ofSingleInstances: readonly BoardPlan[] = [postgresql, redis, nginx, hosts, nodejs];

/** The alerts that lead to a panel and not only to a board. */
export const alertsWithPanel = Object.keys(panelOf) as readonly AlertName[];

/**
 * Where to look when an alert fires: the panel that shows what it is about, or else the board of its service. The
 * result is a template that Prometheus fills in with the alert's instance, where it has one.
 *
 * @throws RangeError when the panel is on no board.
 */
export function boardLink(
  grafana: string,
  alert: { readonly name: AlertName; readonly service: Service },
): string {
  const panel = panelOf[alert.name];
  const board = panel ? boardWith(panel) : boardOf[alert.service];
  const view = panel ? `viewPanel=${panelId(board, panel)}` : '';
  // `index` and not `$labels.instance`: an alert about a whole job has no instance, and its link none either.
  const instance = ofSingleInstances.includes(board)
    ? `{{ with index $labels "instance" }}${view && '&'}var-instance={{ . | urlquery }}{{ end }}`
    : '';
  return `${grafana}/d/${board.uid}${view || instance ? '?' : ''}${view}${instance}`;
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
