import {
  fanoutLagSeconds,
  historyQueryDurationSeconds,
  messageDeliverySeconds,
} from '../../metrics/chatroom-delivery';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { quantile } from '../quantile';
import { chosen } from '../selection';
import { units } from '../units';

export function delivery(setting: Setting) {
  return curves(setting, {
    title: { zh: '消息送达', en: 'Message delivery' },
    description: {
      zh: '从接受一条消息到写给同一副本上的成员。承诺是 500 毫秒之内。',
      en: 'From accepting a message to writing it to the members on the replica. Half a second is promised.',
    },
    unit: units.seconds,
    queries: [
      { legend: 'p99', expr: quantile(0.99, messageDeliverySeconds, chosen), colour: colours.worrying },
      { legend: 'p50', expr: quantile(0.5, messageDeliverySeconds, chosen), colour: colours.good },
    ],
  })
    .span(8)
    .height(8);
}

export function fanout(setting: Setting) {
  return curves(setting, {
    title: { zh: '副本间转发 P99', en: 'Lag between replicas, p99' },
    description: {
      zh: '消息从一个副本经 Redis 到达另一个副本的时间。',
      en: 'How long messages take from one replica through Redis to another.',
    },
    unit: units.seconds,
    queries: [{ legend: '{{instance}}', expr: quantile(0.99, fanoutLagSeconds, chosen, ['instance']) }],
  })
    .span(8)
    .height(8);
}

export function history(setting: Setting) {
  return curves(setting, {
    title: { zh: '历史查询 P99', en: 'Reading history, p99' },
    description: {
      zh: '加入房间时从 PostgreSQL 读取历史的时间。没有人加入时曲线断开。',
      en: 'How long PostgreSQL takes to give the history of a room to somebody who joins. When nobody does, the curve has a gap.',
    },
    unit: units.seconds,
    queries: [
      { legend: '{{instance}}', expr: quantile(0.99, historyQueryDurationSeconds, chosen, ['instance']) },
    ],
  })
    .span(8)
    .height(8);
}
