import type { Service } from '../model/service';
import type { AlertName } from '../rules';
import { hosts } from './hosts';
import { cpu } from './hosts/cpu';
import { diskSpace } from './hosts/disk';
import { memory as hostMemory } from './hosts/memory';
import { nginx } from './nginx';
import { overview } from './overview';
import { panelId, type BoardPlan, type PanelFunction } from './plan';
import { postgresql } from './postgresql';
import { backends } from './postgresql/connections';
import { redis } from './redis';
import { memory as redisMemory } from './redis/memory';
import { service } from './service';
import { errors, latency, saturation } from './service/golden-signals';
import { watching } from './watching';

interface Destination {
  readonly board: BoardPlan;
  /** Whether the board should show the alert's instance alone; replicas are better seen beside each other. */
  readonly narrow: boolean;
}

/** The board to look at when something about a service is wrong. */
const boardOf: Readonly<Record<Service, Destination>> = {
  chatroom: { board: service, narrow: false },
  postgresql: { board: postgresql, narrow: true },
  redis: { board: redis, narrow: true },
  nginx: { board: nginx, narrow: true },
  system: { board: hosts, narrow: true },
  monitoring: { board: watching, narrow: false },
  kubernetes: { board: overview, narrow: false },
};

/** The panel that shows what an alert is about, where one does; it must be on the board of the alert's service. */
const panelOf: { readonly [Name in AlertName]?: PanelFunction } = {
  ChatRoomHighErrorRate: errors,
  ChatRoomHighResponseTime: latency,
  ChatRoomHighConcurrentConnections: saturation,
  HighCPUUsage: cpu,
  HighMemoryUsage: hostMemory,
  DiskSpaceUsage: diskSpace,
  PostgreSQLHighConnections: backends,
  RedisHighMemoryUsage: redisMemory,
};

/** The alerts that lead to a panel and not only to a board. */
export const alertsWithPanel = Object.keys(panelOf) as readonly AlertName[];

/**
 * Where to look when an alert fires: the board of its service, opened at the panel that shows what it is about.
 * The result is a template that Prometheus fills in with the alert's instance, where it has one.
 *
 * @throws RangeError when the panel is not on the board.
 */
export function boardLink(
  grafana: string,
  alert: { readonly name: AlertName; readonly service: Service },
): string {
  const { board, narrow } = boardOf[alert.service];
  const panel = panelOf[alert.name];
  const view = panel ? `viewPanel=${panelId(board, panel)}` : '';
  // `index` and not `$labels.instance`: an alert about a whole job has no instance, and its link none either.
  const instance = narrow
    ? `{{ with index $labels "instance" }}${view && '&'}var-instance={{ . | urlquery }}{{ end }}`
    : '';
  return `${grafana}/d/${board.uid}${view || instance ? '?' : ''}${view}${instance}`;
}
