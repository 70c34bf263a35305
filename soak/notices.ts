import { mails } from '../local/observe/mails';
import { roomMessages } from '../local/observe/room-messages';
import { slackMessages } from '../local/observe/slack-messages';
import type { Site } from '../local/site';

/** One message that reached people, and the alerts it is about. */
export interface Notice {
  /** Whom it reached, such as `email ops@chatroom.example.com`, `slack #critical-alerts` or `webhook #ops`. */
  readonly to: string;
  /** When it arrived; a mail says so itself, in whole seconds. */
  readonly at: Date;
  /** Names of alerts that it says are firing, and over. */
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  /** What people read; two messages with the same text say the same. */
  readonly text: string;
}

/** An inbox, and how to tell what its messages are about. */
export interface Inbox {
  readonly name: string;
  /** All its messages, oldest first. */
  readonly read: (site: Site) => Promise<readonly Notice[]>;
}

/** Every message about an alert carries the address of its runbook, which is named after it. */
const alertNames = (text: string): readonly string[] =>
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
      (await mails(site)).flatMap(({ to, subject, text, receivedAt }) =>
        to.map((address) => mailNotice(`email ${address}`, receivedAt, subject, text)),
      ),
  },
  {
    name: 'Slack',
    read: async (site) =>
      (await slackMessages(site)).map(({ channel, text, attachments: [first], receivedAt }) =>
        slackNotice(`slack ${channel}`, new Date(receivedAt), first?.title ?? '', text + (first?.text ?? '')),
      ),
  },
  {
    name: '#ops',
    read: async (site) =>
      (await roomMessages(site, 'ops')).map(({ at, text }) => roomNotice('webhook #ops', new Date(at), text)),
  },
];

export function mailNotice(to: string, at: Date, subject: string, body: string): Notice {
  const [firing = '', resolved = ''] = body.split(mailOver);
  return { to, at, firing: alertNames(firing), resolved: alertNames(resolved), text: `${subject}\n${body}` };
}

export function slackNotice(to: string, at: Date, title: string, body: string): Notice {
  // Each alert begins with its summary in bold and ends with its links, runbook first.
  const alerts = body.split(/^(?=\*)/m).filter((part) => alertNames(part).length > 0);
  const over = (part: string): boolean => allOver.test(title) || part.startsWith(`*${slackOver}`);
  return {
    to,
    at,
    firing: alerts.filter((part) => !over(part)).flatMap(alertNames),
    resolved: alerts.filter(over).flatMap(alertNames),
    text: `${title}\n${body}`,
  };
}

export function roomNotice(to: string, at: Date, text: string): Notice {
  const [, state, name] = /\[(告警|已恢复)[^\]]*\] (\w+)/.exec(text) ?? [];
  return {
    to,
    at,
    firing: state === '告警' && name !== undefined ? [name] : [],
    resolved: state === '已恢复' && name !== undefined ? [name] : [],
    text,
  };
}
