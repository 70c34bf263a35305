import type { BoardPlan } from '../plan';
import { delivery, fanout, history } from './delivery';
import { errors, latency, saturation, traffic } from './golden-signals';
import { connectionsByReplica, latencyByReplica, messagesByReplica, requestsByReplica } from './replicas';
import { budgets, burnRates, knownPeriod } from './slo';
import { closedByReason, exceptionsByOrigin } from './reasons';

/** The chat room from the inside: what users get of it, and which replica gives it to them. */
export const service: BoardPlan = {
  uid: 'chatroom-service',
  title: { zh: '聊天服务', en: 'Chat service' },
  description: {
    zh: '四个黄金信号、副本对比，以及连接与异常的原因。',
    en: 'The four golden signals, the replicas side by side, and why connections end and exceptions happen.',
  },
  jobs: ['chatroom-server'],
  rows: [
    { title: { zh: '黄金信号', en: 'Golden signals' }, panels: [latency, traffic, errors, saturation] },
    { title: { zh: '承诺', en: 'Promises' }, panels: [budgets, knownPeriod, burnRates] },
    { title: { zh: '消息', en: 'Messages' }, panels: [delivery, fanout, history] },
    {
      title: { zh: '副本对比', en: 'Replicas side by side' },
      panels: [connectionsByReplica, messagesByReplica, requestsByReplica, latencyByReplica],
    },
    { title: { zh: '原因', en: 'Reasons' }, panels: [closedByReason, exceptionsByOrigin] },
  ],
};
