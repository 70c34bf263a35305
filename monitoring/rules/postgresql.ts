import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import {
  pgSettingsMaxConnections,
  pgSettingsSuperuserReservedConnections,
  pgStatDatabaseNumbackends,
  pgUp,
} from '../metrics/postgres';
import { outlivesConsequences } from './outlives-consequences';

export const postgresqlAlerts = [
  alert({
    name: 'PostgreSQLDown',
    severity: 'critical',
    service: 'postgresql',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    // What was last known counts until the exporter's own alert takes over: an exporter that dies while the
    // service is down would otherwise end this alert, and people would read that all is well.
    expr: () => promql`last_over_time(${series(pgUp)}[5m]) == 0`,
    summary: {
      zh: 'PostgreSQL 数据库不可用（{{ $labels.instance }}）',
      en: 'PostgreSQL is down ({{ $labels.instance }})',
    },
    description: {
      zh: '采集器 {{ $labels.instance }} 已超过 1 分钟无法查询 PostgreSQL。聊天消息无法保存，历史记录无法读取。',
      en: 'The exporter {{ $labels.instance }} has failed to query PostgreSQL for more than a minute. Messages cannot be kept and history cannot be read.',
    },
  }),
  alert({
    name: 'PostgreSQLHighConnections',
    severity: 'warning',
    service: 'postgresql',
    for: '5m',
    threshold: 80,
    // Backends are counted per database and the limit per server, so both sides are brought to the instance.
    expr: (percent) => promql`
      100 * sum by (job, instance) (${series(pgStatDatabaseNumbackends)})
        / (max by (job, instance) (${series(pgSettingsMaxConnections)})
          - max by (job, instance) (${series(pgSettingsSuperuserReservedConnections)})) > ${percent}`,
    summary: {
      zh: 'PostgreSQL 连接数过高：已用 {{ $value | printf "%.0f" }}%',
      en: 'PostgreSQL uses {{ $value | printf "%.0f" }} % of its connections',
    },
    description: {
      zh: '{{ $labels.instance }} 普通用户可用的连接已占用 {{ $value | printf "%.1f" }}%。用尽之后，新的连接会被拒绝，聊天服务将无法访问数据库。',
      en: 'Of the connections that ordinary roles may use on {{ $labels.instance }}, {{ $value | printf "%.1f" }} % are taken. When none is left, new ones are refused and the chat room loses its database.',
    },
  }),
] as const;
