import type { Duration } from '../model/duration';
import { alert } from '../model/rule';
import { buckets, countOf, promql, series } from '../model/promql';
import { exceptionsTotal, messagesTotal, usersOnline } from '../metrics/chatroom';
import {
  fanoutLagSeconds,
  historyQueryDurationSeconds,
  messagesRefusedTotal,
  refusalsOfService,
} from '../metrics/chatroom-delivery';
import { webhookNotificationsTotal } from '../metrics/chatroom-webhook';
import { explainedWithin } from './explained';
import { outlivesTheLastMinute } from './outlives-consequences';

/** Below this many observations in five minutes a quantile says nothing. */
const observationFloor = 20;

/**
 * Over five minutes, and not over the last one besides: of ten observations a minute, one of them slow, a minute without
 * any comes every other minute, and would end an alert about something that goes on. For the same reason it stays.
 */
const p95 = (
  metric: typeof fanoutLagSeconds | typeof historyQueryDurationSeconds,
  threshold: number,
  causes: readonly [string, ...string[]],
) => promql`
  histogram_quantile(0.95, sum by (job, le) (rate(${buckets(metric)}[5m]))) > ${threshold}
  and sum by (job) (increase(${countOf(metric)}[5m])) >= ${observationFloor}
  unless on () ${explainedWithin('5m', causes)}`;

const staysSlow: Duration = '5m';

const sent = promql`sum by (job) (increase(${series(messagesTotal)}[10m]))`;
/** What was sent in the quietest ten minutes of the hour around now, so many days ago. */
const quietest = (ago: '1410m' | '10050m') => promql`min_over_time(${sent}[1h:10m] offset ${ago})`;
/** As much as this then was no chance. */
const usualFloor = 5;
/** As many attempts as this are no single mistake. */
const attemptFloor = 10;

const webhook = (result: RegExp | string, range: string) =>
  promql`sum by (job, result) (increase(${series(webhookNotificationsTotal, { result })}[${range}]))`;

/** What users sent and the service did not take; whoever writes too fast, or where they are not, has only themselves. */
const refused = series(messagesRefusedTotal, { reason: new RegExp(refusalsOfService.join('|')) });

const shareRefused = (range: string) => promql`
  sum by (job) (rate(${refused}[${range}]))
    / sum by (job) (rate(${series(messagesTotal)}[${range}]) or rate(${refused}[${range}]))`;

export const chatroomMessageAlerts = [
  alert({
    name: 'ChatRoomMessagesRefused',
    severity: 'critical',
    service: 'chatroom',
    for: '2m',
    keepFiringFor: outlivesTheLastMinute,
    threshold: 0.1,
    expr: (share) => promql`
      ${shareRefused('5m')} > ${share} and ${shareRefused('1m')} > ${share}
      and sum by (job) (increase(${refused}[5m])) >= ${observationFloor}`,
    summary: {
      zh: '聊天服务拒收了 {{ $value | humanizePercentage }} 的消息',
      en: 'The chat room refuses {{ $value | humanizePercentage }} of the messages',
    },
    description: {
      zh: '最近 5 分钟内，用户发送的消息有 {{ $value | humanizePercentage }} 因服务自身的原因（消息无法保存、积压过多或内部错误）被拒收。用户看到发送失败，客户端在不断重试。',
      en: 'Over the last 5 minutes {{ $value | humanizePercentage }} of what users sent was refused for a fault of the service: it cannot be stored, too much is waiting, or something broke. Users see that their messages do not go out, and their clients keep trying.',
    },
  }),
  alert({
    name: 'ChatRoomMessagesFlat',
    severity: 'critical',
    service: 'chatroom',
    for: '5m',
    threshold: 50,
    // Fifty pages that are open at night may well be silent. Somebody must have tried, and been refused; or it must have
    // been an hour in which people talk all the time, yesterday and, where that is known, a week ago.
    expr: (users) => promql`
      sum by (job) (min_over_time(${series(usersOnline)}[10m])) >= ${users}
      and ${sent} == 0
      and on (job) (
        sum by (job) (increase(${series(messagesRefusedTotal)}[10m])) >= ${attemptFloor}
        or (${quietest('1410m')} >= ${usualFloor} unless ${quietest('10050m')} < ${usualFloor}))`,
    summary: {
      zh: '有 {{ $value | printf "%.0f" }} 名用户在线，却没有一条消息',
      en: '{{ $value | printf "%.0f" }} users are online and not one message is sent',
    },
    description: {
      zh: '过去 10 分钟内至少有 {{ $value | printf "%.0f" }} 名用户在线，但服务器没有接受任何一条聊天消息，尽管有人尝试发送，或往日此时一直有人说话。很可能是发送路径（网关、网页或消息保存）坏了，而连接看起来一切正常。',
      en: 'At least {{ $value | printf "%.0f" }} users were online for 10 minutes and the servers accepted no message, although some were tried or people always talk at this hour. The way in (gateway, page or message store) is probably broken although connections look well.',
    },
  }),
  alert({
    name: 'ChatRoomFanoutLagging',
    severity: 'warning',
    service: 'chatroom',
    for: '5m',
    keepFiringFor: staysSlow,
    threshold: 0.5,
    expr: (seconds) => p95(fanoutLagSeconds, seconds, ['RedisDown', 'RedisRejectedConnections']),
    summary: {
      zh: '副本之间的消息转发变慢：P95 为 {{ $value | humanizeDuration }}',
      en: 'Messages travel slowly between replicas: p95 is {{ $value | humanizeDuration }}',
    },
    description: {
      zh: '最近 5 分钟内，每 20 次跨副本转发就有 1 次超过 {{ $value | humanizeDuration }}。连接在不同副本上的用户会看到消息迟到，甚至顺序错乱。',
      en: 'Over the last 5 minutes one in twenty transfers between replicas took longer than {{ $value | humanizeDuration }}. Users on different replicas see each other late.',
    },
  }),
  alert({
    name: 'ChatRoomHistorySlow',
    severity: 'warning',
    service: 'chatroom',
    for: '5m',
    keepFiringFor: staysSlow,
    threshold: 0.5,
    expr: (seconds) =>
      p95(historyQueryDurationSeconds, seconds, ['PostgreSQLDown', 'ChatRoomReconnectStorm']),
    summary: {
      zh: '读取聊天记录变慢：P95 为 {{ $value | humanizeDuration }}',
      en: 'Reading history is slow: p95 is {{ $value | humanizeDuration }}',
    },
    description: {
      zh: '最近 5 分钟内，每 20 次历史记录查询就有 1 次超过 {{ $value | humanizeDuration }}，用户进入房间时要等待；数据库连接被占用，写入消息也会变慢。',
      en: 'Over the last 5 minutes one in twenty history queries took longer than {{ $value | humanizeDuration }}. Users wait when they enter a room, and the connections these queries hold are missing for storing messages.',
    },
  }),
  alert({
    name: 'ChatRoomWebhookFailing',
    severity: 'warning',
    service: 'monitoring',
    for: '2m',
    threshold: 0,
    // A failed notification is tried again at once, so a minute without one is the end of it. Those that are rejected
    // or unauthorized wait for the next message of their group, and fare no better then.
    expr: (notifications) => promql`
      ${webhook(/rejected|unauthorized/, '5m')} > ${notifications}
      or (${webhook('failed', '5m')} > ${notifications} and ${webhook('failed', '1m')} > 0)`,
    summary: {
      zh: '告警未能写入聊天室：5 分钟内 {{ $value | printf "%.0f" }} 次（{{ $labels.result }}）',
      en: 'Alerts do not get into the chat room: {{ $value | printf "%.0f" }} notifications {{ $labels.result }} in 5 minutes',
    },
    description: {
      zh: '最近 5 分钟内，告警机器人有 {{ $value | printf "%.0f" }} 次通知未能写入 #ops（结果：{{ $labels.result }}）。值班人员在聊天室里看不到这些告警；邮件与 Slack 不受影响。',
      en: 'Over the last 5 minutes {{ $value | printf "%.0f" }} notifications were not posted to #ops (result: {{ $labels.result }}). Whoever watches the room misses them; mail and Slack are not affected.',
    },
  }),
  alert({
    name: 'ChatRoomExceptions',
    severity: 'warning',
    service: 'chatroom',
    for: '2m',
    threshold: 10,
    expr: (exceptions) => promql`
      sum by (job, origin) (increase(${series(exceptionsTotal)}[5m])) > ${exceptions}
      and sum by (job, origin) (increase(${series(exceptionsTotal)}[1m])) > 0`,
    summary: {
      zh: '聊天服务器异常增多：5 分钟内 {{ $value | printf "%.0f" }} 次（{{ $labels.origin }}）',
      en: 'The chat servers caught {{ $value | printf "%.0f" }} exceptions in 5 minutes ({{ $labels.origin }})',
    },
    description: {
      zh: '最近 5 分钟内，聊天服务器在 {{ $labels.origin }} 处捕获了 {{ $value | printf "%.0f" }} 次未预料的异常。每一次都可能是一个用户的操作失败。',
      en: 'Over the last 5 minutes the chat servers caught {{ $value | printf "%.0f" }} exceptions that no handler expected, in {{ $labels.origin }}. Each may be something a user tried and lost.',
    },
  }),
] as const;
