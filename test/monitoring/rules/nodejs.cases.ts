import { websocketConnectionsActive } from '../../../monitoring/metrics/chatroom';
import { heapLimitBytes } from '../../../monitoring/metrics/chatroom-process';
import {
  nodejsActiveHandlesTotal,
  nodejsEventloopLagP99Seconds,
  nodejsHeapSizeUsedBytes,
} from '../../../monitoring/metrics/nodejs';
import { processMaxFds, processOpenFds, processStartTimeSeconds } from '../../../monitoring/metrics/process';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { flat, given } from './given';

const server = { job: 'chatroom-server', instance: 'chat-1:8000' };
const lag = (values: string) => given(series(nodejsEventloopLagP99Seconds, server), values);
const used = (values: string) => given(series(nodejsHeapSizeUsedBytes, server), values);
const limit = given(series(heapLimitBytes, server), flat(4e9));
const handles = (...values: readonly string[]) => given(series(nodejsActiveHandlesTotal, server), ...values);
const connections = (...values: readonly string[]) =>
  given(series(websocketConnectionsActive, server), ...values);
const descriptors = (open: number, job = 'chatroom-server') => [
  given(series(processOpenFds, { job, instance: 'chat-1:8000' }), flat(open)),
  given(series(processMaxFds, { job, instance: 'chat-1:8000' }), flat(1_000)),
];
const started = (...values: readonly string[]) => given(series(processStartTimeSeconds, server), ...values);

export const eventLoopLagging: AlertCases = {
  alert: 'NodejsEventLoopLagging',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '进程 chat-1:8000 事件循环阻塞：P99 为 400ms',
      en: 'The event loop of chat-1:8000 is blocked: p99 is 400ms',
    },
    description: {
      zh: 'chat-1:8000（任务 chatroom-server）的事件循环延迟 P99 已达 400ms，持续 5 分钟。期间它服务的所有用户或通知一起等待，心跳也可能超时。',
      en: 'Timers of chat-1:8000 (job chatroom-server) were late by 400ms (p99) for 5 minutes. All the users or notifications that it serves wait together, and heartbeats may time out.',
    },
  },
  fires: [
    {
      when: 'timers are late by 400 milliseconds all the time',
      given: [lag(flat(0.4))],
      counts: { '4m': 0, '6m': 1 },
    },
  ],
  silent: [
    { when: 'they are late by 50 milliseconds', given: [lag(flat(0.05))] },
    { when: 'one scrape in four sees a long pause', given: [lag('3 0.01 0.01 0.01 '.repeat(60).trim())] },
  ],
};

export const heapNearLimit: AlertCases = {
  alert: 'NodejsHeapNearLimit',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: { zh: '进程 chat-1:8000 的堆内存已用 90%', en: 'The heap of chat-1:8000 is 90 % full' },
    description: {
      zh: '垃圾回收之后，chat-1:8000 的 JavaScript 堆仍占上限的 90.0%。到达上限时进程会立即崩溃，其上所有用户掉线。',
      en: 'Even after garbage collection the heap of chat-1:8000 takes 90.0 % of its limit. At the limit the process dies at once and all its users drop out.',
    },
  },
  fires: [
    {
      when: 'nine tenths of the heap survive every garbage collection',
      given: [used('3700000000 3800000000 3600000000 '.repeat(80).trim()), limit],
      counts: { '4m': 0, '12m': 1 },
    },
  ],
  silent: [
    {
      when: 'the heap fills up and is freed again and again',
      given: [used('1600000000 2400000000 3200000000 3900000000 '.repeat(60).trim()), limit],
    },
    { when: 'a process does not say what its limit is', given: [used(flat(3.9e9))] },
  ],
};

export const handlesGrowing: AlertCases = {
  alert: 'NodejsHandlesGrowing',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '进程 chat-1:8000 的句柄一小时内增加 1000 个',
      en: 'chat-1:8000 holds 1000 handles more than an hour ago',
    },
    description: {
      zh: '扣除 WebSocket 连接之后，chat-1:8000 的活动句柄（套接字、定时器等）比一小时前多 1000 个，像是泄漏；最终会耗尽文件描述符或内存。',
      en: 'WebSocket connections left aside, chat-1:8000 holds 1000 active handles more than an hour ago. That looks like a leak, which ends when file descriptors or memory run out.',
    },
  },
  fires: [
    {
      when: 'a thousand handles are added that no connection explains',
      given: [handles(flat(1_000, '1h'), flat(2_000, '1h')), connections(flat(900, '2h'))],
      counts: { '70m': 0, '80m': 1 },
    },
  ],
  silent: [
    {
      when: 'a thousand connections bring a thousand handles',
      given: [handles(flat(1_000, '1h'), flat(2_000, '1h')), connections(flat(900, '1h'), flat(1_900, '1h'))],
      until: '2h',
    },
    {
      when: 'the process has only just started',
      given: [handles(flat(5_000)), connections(flat(10))],
    },
  ],
};

export const fileDescriptorsNearLimit: AlertCases = {
  alert: 'NodejsFileDescriptorsNearLimit',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '进程 chat-1:8000 的文件描述符已用 90%',
      en: 'chat-1:8000 uses 90 % of its file descriptors',
    },
    description: {
      zh: 'chat-1:8000（任务 chatroom-server）已打开其文件描述符上限的 90.0%。用尽之后不能再接受新的连接，也不能打开文件。',
      en: 'chat-1:8000 (job chatroom-server) has 90.0 % of its file descriptors open. When none is left it accepts no connection and opens no file.',
    },
  },
  fires: [
    {
      when: 'nine tenths of the file descriptors are open',
      given: descriptors(900),
      counts: { '4m': 0, '6m': 1 },
    },
  ],
  silent: [
    { when: 'seven tenths are', given: descriptors(700) },
    { when: 'an exporter has few of its own', given: descriptors(950, 'redis-exporter') },
  ],
};

export const processRestarting: AlertCases = {
  alert: 'NodejsProcessRestarting',
  says: {
    labels: { instance: 'chat-1:8000', job: 'chatroom-server' },
    summary: {
      zh: '进程 chat-1:8000 反复重启：15 分钟内 3 次',
      en: 'chat-1:8000 keeps restarting: 3 times in 15 minutes',
    },
    description: {
      zh: 'chat-1:8000（任务 chatroom-server）在 15 分钟内重启了 3 次。每次重启之间它看起来正常，因此“无响应”告警可能不会触发；聊天服务器上的用户一再掉线，机器人的通知一再延误。',
      en: 'chat-1:8000 (job chatroom-server) restarted 3 times in 15 minutes. Between two restarts it looks well, so its Down alert may never fire; users of a chat server drop out each time, notifications of the webhook are late.',
    },
  },
  fires: [
    {
      when: 'a server starts again every three minutes, three times',
      given: [started(flat(1_000, '3m'), flat(1_180, '3m'), flat(1_360, '3m'), flat(1_540))],
      counts: { '8m': 0, '11m': 1, '30m': 0 },
    },
  ],
  silent: [
    {
      when: 'two versions are rolled out within ten minutes',
      given: [started(flat(1_000, '5m'), flat(1_300, '5m'), flat(1_600))],
    },
    { when: 'a server runs on', given: [started(flat(1_000))] },
  ],
};
