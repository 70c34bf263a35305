import { mails } from '../../../local/observe/mails';
import { roomMessages, type RoomMessage } from '../../../local/observe/room-messages';
import { slackMessages } from '../../../local/observe/slack-messages';
import type { Site } from '../../../local/site';

/** A message that reached people, whatever the way. */
export interface Notification {
  /** As in an expectation: `email`, `slack` or `webhook`. */
  readonly kind: string;
  /** Mail address, Slack channel, or `#ops`. */
  readonly to: string;
  readonly state: 'firing' | 'resolved' | 'unclear';
  /** The first line that people read. */
  readonly headline: string;
  readonly text: string;
  /** Empty unless the message came with a page of HTML. */
  readonly html: string;
}

/** What has reached people, by every way that the stack has. */
export class Inboxes {
  readonly #site: Site;
  #ops: readonly RoomMessage[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  /**
   * Everything that arrived so far; each way in order. While the chat room itself cannot answer, what is known
   * of #ops stays as it was.
   */
  async all(): Promise<readonly Notification[]> {
    const [inbox, channel, ops] = await Promise.all([
      mails(this.#site),
      slackMessages(this.#site),
      roomMessages(this.#site, 'ops').catch(() => this.#ops),
    ]);
    this.#ops = ops;
    return [
      ...inbox.flatMap(({ to, subject, text, html }) =>
        to.map((address) => ({
          kind: 'email',
          to: address,
          state: stateOf(subject),
          headline: subject,
          text,
          html,
        })),
      ),
      ...channel.map(({ channel: to, text, attachments: [first] }) => {
        const headline = first?.title ?? '';
        return {
          kind: 'slack',
          to,
          state: stateOf(headline),
          headline,
          text: text + (first?.text ?? ''),
          html: '',
        };
      }),
      ...ops.map(({ text }) => ({
        kind: 'webhook',
        to: '#ops',
        state: stateOf(text),
        headline: text.split('\n')[0] ?? '',
        text,
        html: '',
      })),
    ];
  }
}

/** Notifications are in Chinese; the state comes first, in brackets. */
function stateOf(headline: string): Notification['state'] {
  const [, state] = /\[(告警|已恢复)/.exec(headline) ?? [];
  if (state === undefined) return 'unclear';
  return state === '告警' ? 'firing' : 'resolved';
}
