import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import {
  alertmanagerClusterMembers,
  alertmanagerConfigLastReloadSuccessful,
  alertmanagerNflogGcDurationSecondsCount,
  alertmanagerNflogSnapshotDurationSecondsCount,
  alertmanagerNotificationsFailedTotal,
  alertmanagerNotificationsTotal,
} from '../metrics/alertmanager';

const perIntegration = 'sum by (job, instance, integration)';

export const alertmanagerAlerts = [
  alert({
    name: 'AlertmanagerNotificationsFailing',
    severity: 'critical',
    service: 'monitoring',
    for: '5m',
    threshold: 0.05,
    expr: (share) => promql`
      ${perIntegration} (rate(${series(alertmanagerNotificationsFailedTotal)}[5m]))
        / (${perIntegration} (rate(${series(alertmanagerNotificationsTotal)}[5m])) > 0) > ${share}`,
    summary: {
      zh: '告警通知发送失败（{{ $labels.integration }}）：{{ $value | humanizePercentage }}',
      en: '{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} fail',
    },
    description: {
      zh: '最近 5 分钟内，Alertmanager {{ $labels.instance }} 经由 {{ $labels.integration }} 发送的通知有 {{ $value | humanizePercentage }} 失败。靠这一渠道接收告警的人现在什么也收不到。',
      en: 'Over the last 5 minutes {{ $value | humanizePercentage }} of what Alertmanager {{ $labels.instance }} sent by {{ $labels.integration }} failed. Whoever relies on it hears nothing at the moment.',
    },
  }),
  alert({
    name: 'AlertmanagerConfigNotLoaded',
    severity: 'warning',
    service: 'monitoring',
    for: '5m',
    expr: () => promql`${series(alertmanagerConfigLastReloadSuccessful)} == 0`,
    summary: {
      zh: 'Alertmanager {{ $labels.instance }} 未能加载新配置',
      en: 'Alertmanager {{ $labels.instance }} could not load its new configuration',
    },
    description: {
      zh: 'Alertmanager {{ $labels.instance }} 最近一次重新加载配置失败已超过 5 分钟，仍按旧的路由通知；下次重启会因此起不来，届时没有人会收到告警。',
      en: 'The last reload of Alertmanager {{ $labels.instance }} failed more than 5 minutes ago. It notifies by its old routes and will not survive a restart, after which nobody is told anything.',
    },
  }),
  alert({
    name: 'AlertmanagerNotificationLogNotKept',
    severity: 'warning',
    service: 'monitoring',
    for: '5m',
    // Tidying and writing go together; where one is counted and the other is not, the file could not be opened.
    // Query errors would be the wrong thing to ask: every group that is told for the first time counts as one.
    expr: () => promql`
      increase(${series(alertmanagerNflogGcDurationSecondsCount)}[1h]) > 1
      and increase(${series(alertmanagerNflogSnapshotDurationSecondsCount)}[1h]) == 0`,
    summary: {
      zh: 'Alertmanager {{ $labels.instance }} 的通知日志没有写入磁盘',
      en: 'Alertmanager {{ $labels.instance }} does not keep its notification log',
    },
    description: {
      zh: '过去 1 小时内，Alertmanager {{ $labels.instance }} 整理了 {{ $value | printf "%.0f" }} 次通知日志，却一次也没有写入磁盘。重启之后它不记得通知过谁，所有告警会重发一遍，静默也会丢失。',
      en: 'Within an hour Alertmanager {{ $labels.instance }} tidied its notification log {{ $value | printf "%.0f" }} times and never wrote it to disk. After a restart it forgets who was told: every alert is sent again, and silences are lost.',
    },
  }),
  alert({
    name: 'AlertmanagerClusterSplit',
    severity: 'warning',
    service: 'monitoring',
    for: '10m',
    // One that is down is no member and does not answer either: that is said by another alert.
    expr: () => promql`
      ${series(alertmanagerClusterMembers)}
        < on (job) group_left () count by (job) (${series(alertmanagerClusterMembers)})`,
    summary: {
      zh: 'Alertmanager {{ $labels.instance }} 与其他副本失去联系',
      en: 'Alertmanager {{ $labels.instance }} has lost sight of others of its kind',
    },
    description: {
      zh: 'Alertmanager {{ $labels.instance }} 连同自己只知道 {{ $value | printf "%.0f" }} 个成员，而回应 Prometheus 的副本更多，持续 10 分钟。互不知晓的副本各自通知，同一告警会收到多次；在其中一个上设置的静默，其他副本不知道。',
      en: 'For 10 minutes Alertmanager {{ $labels.instance }} has known of {{ $value | printf "%.0f" }} members, itself among them, while more than that answer Prometheus. Those who do not know of each other all notify: people are told the same several times, and a silence that is set at one is unknown to the others.',
    },
  }),
] as const;
