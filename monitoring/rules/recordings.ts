import { dependencies } from '../dependencies';
import type { Environment } from '../environment';
import { causesOf, type Dependency } from '../model/dependency';
import { recording, type RecordingGroup } from '../model/rule';
import type { Explanation } from '../model/slo';
import { buckets, promql, series } from '../model/promql';
import {
  exceptionsTotal,
  httpRequestDurationSeconds,
  httpRequestsTotal,
  messagesTotal,
  websocketConnectionsActive,
} from '../metrics/chatroom';
import { nodeCpuSecondsTotal, nodeMemoryAvailableBytes, nodeMemoryTotalBytes } from '../metrics/node';
import {
  pgSettingsMaxConnections,
  pgSettingsSuperuserReservedConnections,
  pgStatDatabaseNumbackends,
} from '../metrics/postgres';
import { ofUsers } from '../metrics/requests-of-users';
import { sloRecordingGroups } from '../slos';

/**
 * The four golden signals of the chat room (Google SRE book, chapter 6), recorded so that boards, reports and
 * people ask one cheap question and all get the same answer. A quotient is recorded only while its divisor is
 * above zero, and a quantile only while there is something to order: one NaN would stay in every average taken
 * over it.
 */

const requests = promql`sum by (job) (rate(${series(httpRequestsTotal, ofUsers)}[5m]))`;

const latency = (quantile: number) => promql`
  histogram_quantile(${quantile}, sum by (job, le) (rate(${buckets(httpRequestDurationSeconds, ofUsers)}[5m])))
    >= 0`;

export const trafficRate = recording({
  name: 'job:chatroom_http_requests:rate5m',
  help: 'Traffic: requests a second of all replicas.',
  expr: requests,
});

export const messageRate = recording({
  name: 'job:chatroom_messages:rate5m',
  help: 'Traffic: chat messages a second of all replicas.',
  expr: promql`sum by (job) (rate(${series(messagesTotal)}[5m]))`,
});

export const errorRatio = recording({
  name: 'job:chatroom_http_errors:ratio_rate5m',
  help: 'Errors: share of the requests answered with 5xx, from 0 to 1; absent without requests.',
  expr: promql`
    sum by (job) (rate(${series(httpRequestsTotal, { ...ofUsers, status: /5../ })}[5m])) / (${requests} > 0)`,
});

export const exceptionRate = recording({
  name: 'job:chatroom_exceptions:rate5m',
  help: 'Errors: unexpected exceptions a second of all replicas.',
  expr: promql`sum by (job) (rate(${series(exceptionsTotal)}[5m]))`,
});

export const latencyP95 = recording({
  name: 'job:chatroom_http_request_duration_seconds:p95_5m',
  help: 'Latency: seconds within which 95 % of the requests were answered; absent without requests.',
  expr: latency(0.95),
});

export const latencyP50 = recording({
  name: 'job:chatroom_http_request_duration_seconds:p50_5m',
  help: 'Latency: seconds within which half of the requests were answered; absent without requests.',
  expr: latency(0.5),
});

export const connectionsActive = recording({
  name: 'job:chatroom_websocket_connections_active:sum',
  help: 'Saturation: WebSocket connections of all replicas.',
  expr: promql`sum by (job) (${series(websocketConnectionsActive)})`,
});

export const cpuUtilisation = recording({
  name: 'instance:node_cpu_utilisation:ratio_rate5m',
  help: 'Saturation: share of the CPU time of a host that was not idle, from 0 to 1.',
  expr: promql`1 - avg by (job, instance) (rate(${series(nodeCpuSecondsTotal, { mode: 'idle' })}[5m]))`,
});

export const memoryUtilisation = recording({
  name: 'instance:node_memory_utilisation:ratio',
  help: 'Saturation: share of the memory of a host that processes cannot have any more, from 0 to 1.',
  expr: promql`1 - ${series(nodeMemoryAvailableBytes)} / (${series(nodeMemoryTotalBytes)} > 0)`,
});

export const postgresConnectionUtilisation = recording({
  name: 'instance:pg_connections:ratio',
  help: 'Saturation: share of the connections open to ordinary roles that are taken, from 0 to 1.',
  expr: promql`
    sum by (job, instance) (${series(pgStatDatabaseNumbackends)})
      / (max by (job, instance) (${series(pgSettingsMaxConnections)})
        - max by (job, instance) (${series(pgSettingsSuperuserReservedConnections)}) > 0)`,
});

/** Labels that an alert gets when it leaves Prometheus: all that its rules see is of one installation anyway. */
const external = { cluster: true, environment: true } satisfies Record<
  keyof Environment['externalLabels'],
  true
>;

function asRulesSeeIt({ causes, share }: Dependency): Explanation {
  return { causes, share: share.filter((label) => !(label in external)) };
}

export const recordingGroups: readonly RecordingGroup[] = [
  {
    name: 'golden-signals',
    recordings: [
      trafficRate,
      messageRate,
      errorRatio,
      exceptionRate,
      latencyP95,
      latencyP50,
      connectionsActive,
      cpuUtilisation,
      memoryUtilisation,
      postgresConnectionUtilisation,
    ],
  },
  ...sloRecordingGroups((alert) => causesOf(dependencies, alert).map(asRulesSeeIt)),
];
