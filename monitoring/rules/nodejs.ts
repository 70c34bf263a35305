import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import { websocketConnectionsActive } from '../metrics/chatroom';
import { heapLimitBytes } from '../metrics/chatroom-process';
import {
  nodejsActiveHandlesTotal,
  nodejsEventloopLagP99Seconds,
  nodejsHeapSizeUsedBytes,
} from '../metrics/nodejs';
import { processMaxFds, processOpenFds, processStartTimeSeconds } from '../metrics/process';

/** Handles beside the one that every WebSocket connection has. */
const spareHandles = (at: string) => promql`
  (${series(nodejsActiveHandlesTotal)}${at} - on (job, instance) ${series(websocketConnectionsActive)}${at})`;

/**
 * The processes of ours, which run on Node.js: the webhook, too. That it is down concerns those who run the monitoring;
 * what it does with memory, handles and its event loop concerns those who wrote it, who are the team of the chat room.
 */
const ours = { job: /chatroom-.+/ };

export const nodejsAlerts = [
  alert({
    name: 'NodejsEventLoopLagging',
    severity: 'warning',
    service: 'chatroom',
    for: '5m',
    threshold: 0.25,
    expr: (seconds) => promql`${series(nodejsEventloopLagP99Seconds, ours)} > ${seconds}`,
    summary: {
      zh: '进程 {{ $labels.instance }} 事件循环阻塞：P99 为 {{ $value | humanizeDuration }}',
      en: 'The event loop of {{ $labels.instance }} is blocked: p99 is {{ $value | humanizeDuration }}',
    },
    description: {
      zh: '{{ $labels.instance }}（任务 {{ $labels.job }}）的事件循环延迟 P99 已达 {{ $value | humanizeDuration }}，持续 5 分钟。期间它服务的所有用户或通知一起等待，心跳也可能超时。',
      en: 'Timers of {{ $labels.instance }} (job {{ $labels.job }}) were late by {{ $value | humanizeDuration }} (p99) for 5 minutes. All the users or notifications that it serves wait together, and heartbeats may time out.',
    },
  }),
  alert({
    name: 'NodejsHeapNearLimit',
    severity: 'warning',
    service: 'chatroom',
    for: '5m',
    threshold: 85,
    // The minimum over ten minutes is what survives garbage collection; the peaks before one mean nothing.
    expr: (percent) => promql`
      100 * min_over_time(${series(nodejsHeapSizeUsedBytes)}[10m])
        / on (job, instance) (${series(heapLimitBytes)} > 0) > ${percent}`,
    summary: {
      zh: '进程 {{ $labels.instance }} 的堆内存已用 {{ $value | printf "%.0f" }}%',
      en: 'The heap of {{ $labels.instance }} is {{ $value | printf "%.0f" }} % full',
    },
    description: {
      zh: '垃圾回收之后，{{ $labels.instance }} 的 JavaScript 堆仍占上限的 {{ $value | printf "%.1f" }}%。到达上限时进程会立即崩溃，其上所有用户掉线。',
      en: 'Even after garbage collection the heap of {{ $labels.instance }} takes {{ $value | printf "%.1f" }} % of its limit. At the limit the process dies at once and all its users drop out.',
    },
  }),
  alert({
    name: 'NodejsHandlesGrowing',
    severity: 'warning',
    service: 'chatroom',
    for: '15m',
    threshold: 500,
    expr: (handles) => promql`${spareHandles('')} - ${spareHandles(' offset 1h')} > ${handles}`,
    summary: {
      zh: '进程 {{ $labels.instance }} 的句柄一小时内增加 {{ $value | printf "%.0f" }} 个',
      en: '{{ $labels.instance }} holds {{ $value | printf "%.0f" }} handles more than an hour ago',
    },
    description: {
      zh: '扣除 WebSocket 连接之后，{{ $labels.instance }} 的活动句柄（套接字、定时器等）比一小时前多 {{ $value | printf "%.0f" }} 个，像是泄漏；最终会耗尽文件描述符或内存。',
      en: 'WebSocket connections left aside, {{ $labels.instance }} holds {{ $value | printf "%.0f" }} active handles more than an hour ago. That looks like a leak, which ends when file descriptors or memory run out.',
    },
  }),
  alert({
    name: 'NodejsFileDescriptorsNearLimit',
    severity: 'warning',
    service: 'chatroom',
    for: '5m',
    threshold: 80,
    expr: (percent) => promql`
      100 * ${series(processOpenFds, ours)} / (${series(processMaxFds, ours)} > 0) > ${percent}`,
    summary: {
      zh: '进程 {{ $labels.instance }} 的文件描述符已用 {{ $value | printf "%.0f" }}%',
      en: '{{ $labels.instance }} uses {{ $value | printf "%.0f" }} % of its file descriptors',
    },
    description: {
      zh: '{{ $labels.instance }}（任务 {{ $labels.job }}）已打开其文件描述符上限的 {{ $value | printf "%.1f" }}%。用尽之后不能再接受新的连接，也不能打开文件。',
      en: '{{ $labels.instance }} (job {{ $labels.job }}) has {{ $value | printf "%.1f" }} % of its file descriptors open. When none is left it accepts no connection and opens no file.',
    },
  }),
  alert({
    name: 'NodejsProcessRestarting',
    severity: 'warning',
    service: 'chatroom',
    for: '1m',
    threshold: 2,
    expr: (restarts) => promql`changes(${series(processStartTimeSeconds, ours)}[15m]) > ${restarts}`,
    summary: {
      zh: '进程 {{ $labels.instance }} 反复重启：15 分钟内 {{ $value | printf "%.0f" }} 次',
      en: '{{ $labels.instance }} keeps restarting: {{ $value | printf "%.0f" }} times in 15 minutes',
    },
    description: {
      zh: '{{ $labels.instance }}（任务 {{ $labels.job }}）在 15 分钟内重启了 {{ $value | printf "%.0f" }} 次。每次重启之间它看起来正常，因此“无响应”告警可能不会触发；聊天服务器上的用户一再掉线，机器人的通知一再延误。',
      en: '{{ $labels.instance }} (job {{ $labels.job }}) restarted {{ $value | printf "%.0f" }} times in 15 minutes. Between two restarts it looks well, so its Down alert may never fire; users of a chat server drop out each time, notifications of the webhook are late.',
    },
  }),
] as const;
