import {
  httpRequestDurationSeconds,
  httpRequestsTotal,
  messagesTotal,
  websocketConnectionsActive,
} from '../../metrics/chatroom';
import { ofUsers } from '../../metrics/requests-of-users';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { quantile } from '../quantile';
import { chosen } from '../selection';
import { units } from '../units';

export function connectionsByReplica(setting: Setting) {
  return curves(setting, {
    title: { zh: '各副本连接', en: 'Connections by replica' },
    description: {
      zh: '各副本应大致相当；一个副本独自升高说明负载均衡失衡。',
      en: 'Replicas should be close to each other; one that climbs alone means that balancing is not.',
    },
    unit: units.count,
    queries: [{ legend: '{{instance}}', expr: series(websocketConnectionsActive, chosen) }],
  })
    .span(12)
    .height(8);
}

export function messagesByReplica(setting: Setting) {
  return curves(setting, {
    title: { zh: '各副本消息', en: 'Messages by replica' },
    description: {
      zh: '每个副本从自己的用户那里接收的消息。',
      en: 'Messages that each replica accepted from its own users.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`60 * sum by (instance) (rate(${series(messagesTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function requestsByReplica(setting: Setting) {
  return curves(setting, {
    title: { zh: '各副本请求', en: 'Requests by replica' },
    description: {
      zh: '每个副本应答的用户请求。',
      en: 'Requests of users that each replica answered.',
    },
    unit: units.requestsPerSecond,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`
          sum by (instance) (rate(${series(httpRequestsTotal, { ...ofUsers, ...chosen })}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function latencyByReplica(setting: Setting) {
  return curves(setting, {
    title: { zh: '各副本 P95 延迟', en: 'p95 latency by replica' },
    description: {
      zh: '只有一个副本变慢，问题在它自己；全部变慢，问题在它们共同依赖的组件。',
      en: 'One slow replica has a problem of its own; when all are slow, look at what they share.',
    },
    unit: units.seconds,
    queries: [
      {
        legend: '{{instance}}',
        expr: quantile(0.95, httpRequestDurationSeconds, { ...ofUsers, ...chosen }, ['instance']),
      },
    ],
  })
    .span(12)
    .height(8);
}
