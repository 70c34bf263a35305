import type { KnownRoute } from '../metrics/server-metrics';
import { webSocketPath } from '../protocol/frames';
import { upgradeStatuses } from '../websocket/gateway';

/** An endpoint that needs PostgreSQL: 503 when it is away, 500 when nobody foresaw what happened. */
const api = (path: string): KnownRoute => ({ method: 'GET', path, statuses: [200, 400, 500, 503] });

const page = (path: string): KnownRoute => ({ method: 'GET', path, statuses: [200, 304, 500] });

/**
 * Every route whose requests are counted. Those of operations (/metrics, /healthz, /readyz, /faults) are not: ten
 * probes a minute that always succeed would hide that every user fails.
 */
export const countedRoutes: readonly KnownRoute[] = [
  page('/'),
  page('/assets/:file'),
  api('/api/rooms'),
  api('/api/rooms/:room/messages'),
  { method: 'GET', path: webSocketPath, statuses: upgradeStatuses },
];

/** Paths that are neither counted nor touched by injected faults. */
export const operationalPaths: ReadonlySet<string> = new Set(['/metrics', '/healthz', '/readyz', '/faults']);
