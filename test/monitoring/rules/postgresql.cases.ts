import {
  pgSettingsMaxConnections,
  pgSettingsSuperuserReservedConnections,
  pgStatDatabaseNumbackends,
  pgUp,
} from '../../../monitoring/metrics/postgres';
import { up } from '../../../monitoring/metrics/target';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { flat, given, gone, type Given } from './given';

const target = { job: 'postgres-exporter', instance: 'postgres-exporter:9187' };
const server = 'postgresql:5432';

const database = (...values: readonly string[]) => given(series(pgUp, target), ...values);
const exporter = (...values: readonly string[]) => given(series(up, target), ...values);

/** A server with 100 connections, three of them for superusers, and what its databases use of them. */
function backends(used: Readonly<Record<string, string>>): readonly Given[] {
  return [
    given(series(pgSettingsMaxConnections, { ...target, server }), flat(100)),
    given(series(pgSettingsSuperuserReservedConnections, { ...target, server }), flat(3)),
    ...Object.entries(used).map(([datname, values], index) =>
      given(series(pgStatDatabaseNumbackends, { ...target, server, datname, datid: String(index) }), values),
    ),
  ];
}

export const postgresqlDown: AlertCases = {
  alert: 'PostgreSQLDown',
  says: {
    labels: target,
    summary: {
      zh: 'PostgreSQL 数据库不可用（postgres-exporter:9187）',
      en: 'PostgreSQL is down (postgres-exporter:9187)',
    },
    description: {
      zh: '采集器 postgres-exporter:9187 已超过 1 分钟无法查询 PostgreSQL。聊天消息无法保存，历史记录无法读取。',
      en: 'The exporter postgres-exporter:9187 has failed to query PostgreSQL for more than a minute. Messages cannot be kept and history cannot be read.',
    },
  },
  fires: [
    {
      when: 'the database is gone, and until what hangs on it has had three minutes to recover',
      given: [database(flat(1, '5m'), flat(0, '10m'), flat(1))],
      counts: { '5m': 0, '7m': 1, '14m': 1, '15m': 1, '17m': 1, '19m': 0, '20m': 0 },
    },
    {
      // As published the alert ended here, and everybody read that all was well.
      when: 'its exporter dies as well, until the alert about the exporter takes over',
      given: [database(flat(1, '5m'), flat(0, '5m'), gone()), exporter(flat(1, '10m'), flat(0))],
      counts: { '9m': 1, '10m': 1, '11m': 1, '13m': 1, '30m': 0 },
      others: { PostgresExporterDown: { '10m': 0, '11m': 1, '30m': 1 } },
    },
  ],
  silent: [
    { when: 'the database answers', given: [database(flat(1))] },
    {
      when: 'the database is restarted within 45 seconds',
      given: [database(flat(1, '5m'), flat(0, '45s'), flat(1))],
    },
    {
      when: 'only its exporter dies',
      given: [database(flat(1, '5m'), gone()), exporter(flat(1, '5m'), flat(0))],
    },
  ],
};

export const postgresqlHighConnections: AlertCases = {
  alert: 'PostgreSQLHighConnections',
  says: {
    labels: target,
    summary: { zh: 'PostgreSQL 连接数过高：已用 88%', en: 'PostgreSQL uses 88 % of its connections' },
    description: {
      zh: 'postgres-exporter:9187 普通用户可用的连接已占用 87.6%。用尽之后，新的连接会被拒绝，聊天服务将无法访问数据库。',
      en: 'Of the connections that ordinary roles may use on postgres-exporter:9187, 87.6 % are taken. When none is left, new ones are refused and the chat room loses its database.',
    },
  },
  fires: [
    {
      // As published the labels of the two sides never met; matched per database, neither is above 80 %.
      when: 'two databases together take 85 of the 97 connections, once for the server',
      given: backends({ chatroom: flat(45), postgres: flat(40) }),
      counts: { '4m': 0, '5m': 1 },
    },
    {
      when: '79 of 100 are taken, because three are kept for superusers',
      given: backends({ chatroom: flat(79) }),
      counts: { '6m': 1 },
    },
    {
      when: 'connections leak, and ends when they are closed',
      given: backends({ chatroom: `${flat(90, '10m')} ${flat(10)}` }),
      counts: { '6m': 1, '11m': 0 },
    },
  ],
  silent: [
    { when: '77 of the 97 are taken', given: backends({ chatroom: flat(40), postgres: flat(37) }) },
    {
      when: 'all are taken for four minutes',
      given: backends({ chatroom: `${flat(20, '5m')} ${flat(97, '4m')} ${flat(20)}` }),
    },
  ],
};
