import { createHash } from 'node:crypto';
import { alertAuthor, opsRoom } from '../protocol/names';
import type { Draft } from '../storage/message-store';
import type { Alert } from './notification';

export type Language = 'zh-CN' | 'en';

const words = {
  'zh-CN': {
    firing: '告警',
    resolved: '已恢复',
    runbook: '处理手册',
    graph: '查询',
    from: '开始时间',
    until: '恢复时间',
    severities: { critical: '严重', warning: '警告', info: '提示' },
    separator: '：',
  },
  en: {
    firing: 'FIRING',
    resolved: 'RESOLVED',
    runbook: 'Runbook',
    graph: 'Query',
    from: 'Since',
    until: 'Until',
    severities: { critical: 'critical', warning: 'warning', info: 'info' },
    separator: ': ',
  },
} as const;

/** Longer than what a user may write, since nobody can shorten an alert; short enough for a screen. */
const maxLength = 4_000;

/**
 * One line of text, whatever it was before: PostgreSQL cannot store NUL, and nothing that arrives here should be able
 * to draw lines that look like somebody else's message.
 */
// eslint-disable-next-line no-control-regex
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();

const isLink = (text: string | undefined): text is string =>
  text !== undefined && /^https?:$/.test(URL.parse(text)?.protocol ?? '') && !/\s/.test(text);

/** The message that says what happened to one alert, in the words of the language. */
export function alertText(alert: Alert, language: Language): string {
  const word = words[language];
  const { status, labels, annotations } = alert;
  const severities: Readonly<Record<string, string>> = word.severities;
  const severity = labels['severity'] && (severities[labels['severity']] ?? labels['severity']);
  const icon = status === 'resolved' ? '✅' : labels['severity'] === 'critical' ? '🔥' : '⚠️';
  const name = labels['alertname'] ?? alert.fingerprint;
  const summary = annotations['summary'];
  const runbook = annotations['runbook_url'] ?? annotations['runbook'];
  const moment = (iso: string) => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const line = (label: string, value: string) => `${label}${word.separator}${value}`;
  return [
    `${icon} [${word[status]}${severity ? ` · ${severity}` : ''}] ${name}${summary ? ` — ${summary}` : ''}`,
    // The all-clear repeats no description: it described what is over.
    ...(status === 'firing' && annotations['description'] ? [annotations['description']] : []),
    line(word.from, moment(alert.startsAt)),
    ...(status === 'resolved' && alert.endsAt ? [line(word.until, moment(alert.endsAt))] : []),
    ...(status === 'firing' && isLink(runbook) ? [line(word.runbook, runbook)] : []),
    ...(status === 'firing' && isLink(alert.generatorURL) ? [line(word.graph, alert.generatorURL)] : []),
  ]
    .map(oneLine)
    .join('\n')
    .slice(0, maxLength)
    .toWellFormed();
}

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/**
 * What the ids of all messages about one alert in one state begin with: half an id, in hexadecimal digits, so that
 * they lie beside each other in the index of the ids.
 */
export const idPrefix = (fingerprint: string, status: Alert['status']): string => digest(fingerprint, status);

/**
 * The message for one alert. Its id says which alert, which state and since when, so that a notification that comes
 * again, to whichever replica, stores nothing new.
 */
export function alertDraft(alert: Alert, language: Language): Draft {
  return {
    room: opsRoom,
    author: alertAuthor,
    kind: 'alert',
    id: alertId(alert, alert.status),
    text: alertText(alert, language),
  };
}

/** The id of the message that says that an alert is in a state, which may be another than it is in now. */
export function alertId({ fingerprint, startsAt }: Alert, status: Alert['status']): string {
  return idPrefix(fingerprint, status) + digest(new Date(startsAt).toISOString());
}
