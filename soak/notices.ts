import { mails, type Mail } from '../local/observe/mails';
import { roomMessages, type RoomMessage } from '../local/observe/room-messages';
import { slackMessages } from '../local/observe/slack-messages';
import type { Site } from '../local/site';
import type { SlackMessage } from '../local/stand-ins/slack-message';
import { toldAlerts, type ToldAlert } from '../local/told-alerts';

/** One message that reached people, and the alerts it is about. */
export interface Notice {
  /** Whom it reached, such as `email ops@chatroom.example.com`, `slack #critical-alerts` or `webhook #ops`. */
  readonly to: string;
  /** When it arrived; a mail says so itself, in whole seconds. */
  readonly at: Date;
  /** Names of alerts that it says are firing, and over. */
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  /** The alerts one by one, as they are told from others. The names above do not tell two with different labels apart. */
  readonly alerts: readonly ToldAlert[];
  /** What people read. */
  readonly text: string;
}

/** An inbox, and how to tell what its messages are about. */
export interface Inbox {
  readonly name: string;
  /** All its messages, oldest first. */
  readonly read: (site: Site) => Promise<readonly Notice[]>;
}

/** Every message about an alert carries the address of its runbook, which is named after it. */
export const alertNames = (text: string): readonly string[] =>
  [...text.matchAll(/\/runbooks\/(\w+)\.md/g)].map(([, name]) => name ?? '');

/** In a mail, alerts that are over follow this line. */
const mailOver = '已经恢复：';
/** In Slack, the paragraph of an alert that is over begins with this when others still fire. */
const slackOver = '[已恢复]';
const allOver = /\[已恢复/;

export const inboxes: readonly Inbox[] = [
  {
    name: 'mail',
    read: async (site) =>
      (await mails(site)).flatMap(({ to, ...mail }) =>
        to.map((address) => mailNotice(`email ${address}`, mail)),
      ),
  },
  {
    name: 'Slack',
    read: async (site) =>
      (await slackMessages(site)).map((message) => slackNotice(`slack ${message.channel}`, message)),
  },
  {
    name: '#ops',
    read: async (site) =>
      (await roomMessages(site, 'ops')).map((message) => roomNotice('webhook #ops', message)),
  },
];

export function mailNotice(
  to: string,
  { subject, text, receivedAt: at, alerts }: Pick<Mail, 'subject' | 'text' | 'receivedAt' | 'alerts'>,
): Notice {
  const [firing = '', resolved = ''] = text.split(mailOver);
  return {
    to,
    at,
    firing: alertNames(firing),
    resolved: alertNames(resolved),
    alerts,
    text: `${subject}\n${text}`,
  };
}

export function slackNotice(
  to: string,
  { text, attachments: [first], receivedAt }: Pick<SlackMessage, 'text' | 'attachments' | 'receivedAt'>,
): Notice {
  const title = first?.title ?? '';
  const body = text + (first?.text ?? '');
  // Each alert begins with its summary in bold and ends with its links, runbook first.
  const parts = body.split(/^(?=\*)/m).filter((part) => alertNames(part).length > 0);
  const over = (part: string): boolean => allOver.test(title) || part.startsWith(`*${slackOver}`);
  return {
    to,
    at: new Date(receivedAt),
    firing: parts.filter((part) => !over(part)).flatMap(alertNames),
    resolved: parts.filter(over).flatMap(alertNames),
    alerts: toldAlerts(first?.callback_id ?? ''),
    text: `${title}\n${body}`,
  };
}

export function roomNotice(to: string, { id, at, text }: Pick<RoomMessage, 'id' | 'at' | 'text'>): Notice {
  const [, state, name] = /\[(告警|已恢复)[^\]]*\] (\w+)/.exec(text) ?? [];
  const names = name === undefined ? [] : [name];
  const firing = state === '告警';
  return {
    to,
    at: new Date(at),
    firing: firing ? names : [],
    resolved: firing ? [] : names,
    // The webhook derives the id from the labels of the alert, its state and since when it fires.
    alerts: names.map(() => ({ state: firing ? 'firing' : 'resolved', fingerprint: id, startsAt: id })),
    text,
  };
}
