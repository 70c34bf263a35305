import { inLocale, type Text } from '../model/text';
import type { NotificationContext } from '../model/receiver';

/**
 * What people read when an alert fires and when it is over, as Go templates that Alertmanager fills in. Only
 * functions of Alertmanager 0.25 are used, so that the same text works on Debian's and on current releases.
 */

const severities: Readonly<Record<'critical' | 'other', Text>> = {
  critical: { zh: '严重', en: 'CRITICAL' },
  other: { zh: '警告', en: 'WARNING' },
};

/**
 * One line for a whole group: status, severity, what its worst alert says, and how many there are. A group that
 * still fires may hold alerts that are over; it is named after one that is not.
 */
export function headline({ locale }: NotificationContext): string {
  const say = (text: Text) => inLocale(text, locale);
  const firing = say({ zh: '告警', en: 'FIRING' });
  const resolved = say({ zh: '已恢复', en: 'RESOLVED' });
  const count = say({ zh: '（共 {{ len $alerts }} 条）', en: ' ({{ len $alerts }} alerts)' });
  return [
    '{{ $alerts := .Alerts.Resolved }}{{ if eq .Status "firing" }}{{ $alerts = .Alerts.Firing }}{{ end }}',
    '{{ $worst := index $alerts 0 }}',
    '{{ range $alerts }}{{ if and (eq .Labels.severity "critical") (ne $worst.Labels.severity "critical") }}{{ $worst = . }}{{ end }}{{ end }}',
    `[{{ if eq .Status "firing" }}${firing}{{ else }}${resolved}{{ end }}] `,
    `[{{ if eq $worst.Labels.severity "critical" }}${say(severities.critical)}{{ else }}${say(severities.other)}{{ end }}] `,
    `{{ $worst.Annotations.summary }}{{ if gt (len $alerts) 1 }}${count}{{ end }}`,
  ].join('');
}

/** The body of a mail: alerts that fire first, then those that are over, then where to look. */
export function mailBody(context: NotificationContext): string {
  const say = (text: Text) => inLocale(text, context.locale);
  const section = (list: 'Firing' | 'Resolved', title: Text) => `{{ if gt (len .Alerts.${list}) 0 -}}
${say(title)}
{{ range .Alerts.${list} }}
* {{ .Annotations.summary }}
  {{ .Annotations.description }}
  ${say({ zh: '级别', en: 'Severity' })}: {{ .Labels.severity }}  ${say({ zh: '服务', en: 'Service' })}: {{ .Labels.service }}  ${say({ zh: '告警名', en: 'Alert' })}: {{ .Labels.alertname }}
  ${say({ zh: '开始', en: 'Started' })}: ${timestamp('.StartsAt', context)}
${list === 'Resolved' ? `  ${say({ zh: '恢复', en: 'Ended' })}: ${timestamp('.EndsAt', context)}\n` : ''}  ${say({ zh: '处理手册', en: 'Runbook' })}: {{ .Annotations.runbook_url }}
  ${say({ zh: '面板', en: 'Board' })}: {{ .Annotations.dashboard_url }}
  ${say({ zh: '查询', en: 'Query' })}: {{ .GeneratorURL }}
{{ end }}
{{ end }}`;
  return [
    section('Firing', { zh: '正在告警：', en: 'Firing:' }),
    section('Resolved', { zh: '已经恢复：', en: 'Over:' }),
    `${say({ zh: '所有告警', en: 'All alerts' })}: {{ .ExternalURL }}/#/alerts\n`,
  ].join('');
}

/** The text of a Slack message, one paragraph an alert; a group that still fires marks those of it that are over. */
export function slackText(context: NotificationContext): string {
  const over = inLocale({ zh: '[已恢复] ', en: '[RESOLVED] ' }, context.locale);
  const runbook = inLocale({ zh: '处理手册', en: 'Runbook' }, context.locale);
  const board = inLocale({ zh: '面板', en: 'Board' }, context.locale);
  return (
    `{{ range .Alerts }}*{{ if eq .Status "resolved" }}${over}{{ end }}{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n` +
    `${timestamp('.StartsAt', context)}  <{{ .Annotations.runbook_url }}|${runbook}>  <{{ .Annotations.dashboard_url }}|${board}>\n{{ end }}`
  );
}

/**
 * A time in the stated zone. Alertmanager's templates only know UTC before release 0.28, so the offset is added
 * (as a number of nanoseconds, which is what a Go duration is) and the zone is named beside it.
 */
function timestamp(field: string, { locale, timeZone }: NotificationContext): string {
  const nanoseconds = BigInt(timeZone.offsetMinutes) * 60_000_000_000n;
  return `{{ (${field}.UTC.Add ${nanoseconds}).Format "2006-01-02 15:04:05" }} ${inLocale(timeZone.name, locale)} (${offset(timeZone.offsetMinutes)})`;
}

function offset(minutes: number): string {
  const absolute = Math.abs(minutes);
  const hours = String(Math.floor(absolute / 60)).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${hours}:${String(absolute % 60).padStart(2, '0')}`;
}
