/**
 * What must not compile. `npm run check:types` fails when a line below an expectation does compile, and
 * does-not-compile.test.ts takes the expectations away and counts.
 */
import type { Environment } from '../../monitoring/environment';
import {
  httpRequestDurationSeconds,
  httpRequestsTotal,
  usersOnline,
} from '../../monitoring/metrics/chatroom';
import { buckets, series } from '../../monitoring/model/promql';
import type { Inhibition } from '../../monitoring/model/route';
import type { AlertName, AlertRetunings } from '../../monitoring/rules';

type Targets = Environment['targets'];

export const retunings: readonly AlertRetunings[] = [
  {
    RedisDown: false,
    HighCPUUsage: { threshold: 90, for: '10m' },
    NodeExporterDown: { labels: { team: 'web' } },
  },
  // @ts-expect-error no alert has this name
  { RedisDwn: false },
  // @ts-expect-error no job's alert has this name
  { NodeExporterGone: false },
  // @ts-expect-error this alert compares nothing with a threshold
  { RedisDown: { threshold: 1 } },
  // @ts-expect-error an alert has no such knob
  { RedisDown: { interval: '1m' } },
  // @ts-expect-error not a duration
  { RedisDown: { for: 'soon' } },
  // @ts-expect-error true would say nothing
  { RedisDown: true },
];

export const names: readonly AlertName[] = [
  'RedisDown',
  'PrometheusAbsent',
  // @ts-expect-error no alert has this name
  'RedisUp',
];

export const inhibitions: readonly Inhibition<AlertName>[] = [
  // @ts-expect-error a misspelt cause would mute nothing
  { causes: ['PostgresDown'], consequences: ['PostgreSQLHighConnections'], equal: [] },
];

export const queries: readonly string[] = [
  series(httpRequestsTotal, { status: /5../, job: 'chatroom-server' }),
  buckets(httpRequestDurationSeconds, { le: '2', path: '/' }),
  // @ts-expect-error the metric has no such label
  series(httpRequestsTotal, { code: /5../ }),
  // @ts-expect-error the metric has no label of its own
  series(usersOnline, { path: '/' }),
  // @ts-expect-error only buckets have bounds
  series(httpRequestDurationSeconds, { le: '2' }),
];

export const targets: readonly Partial<Targets>[] = [
  { 'redis-exporter': ['redis-exporter:9121'], 'kubernetes-apiservers': false },
  // @ts-expect-error no job has this name
  { redis: ['redis-exporter:9121'] },
  // @ts-expect-error true says not where
  { 'redis-exporter': true },
];
