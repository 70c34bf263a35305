import { alertAccount, type AlertAccount } from './account/alerts';
import { messageAccount, type MessageAccount } from './account/messages';
import { noticeAccount, type NoticeAccount } from './account/notices';
import { processAccount, type ProcessAccount } from './account/processes';
import type { EventOf, SoakEvent } from './event';

/** What the run has to show for itself. */
export interface Account {
  readonly alerts: AlertAccount;
  readonly notices: NoticeAccount;
  readonly messages: MessageAccount;
  readonly processes: ProcessAccount;
  /** Why the run is not clean, in words; empty when it is. */
  readonly objections: readonly string[];
}

export interface AccountProps {
  /** Everybody who has to be shown every message. */
  readonly witnesses: readonly string[];
  /** After how many milliseconds Alertmanager says the same to somebody again, and is right to. */
  readonly repeatAfterMs: (to: string) => number;
}

/** Adds up what happened. Whoever did nothing has proved nothing: a run without faults or messages is not clean. */
export function account(events: readonly SoakEvent[], props: AccountProps): Account {
  const alerts = alertAccount(events);
  const notices = noticeAccount(events, props.repeatAfterMs);
  const messages = messageAccount(events, props.witnesses);
  const processes = processAccount(events);
  const mishaps = events
    .filter((event): event is EventOf<'failed'> | EventOf<'exit'> => ['failed', 'exit'].includes(event.kind))
    .map((event) => (event.kind === 'failed' ? event.why : `ended by itself: ${event.message}`));
  return {
    alerts,
    notices,
    messages,
    processes,
    objections: [
      ...mishaps,
      ...alerts.objections,
      ...notices.objections,
      ...messages.objections,
      ...processes.objections,
    ],
  };
}
