import type { SoakEvent } from '../event';

export interface MessageAccount {
  readonly sent: number;
  readonly acknowledged: number;
  /** Refused for good, so that their senders know. */
  readonly refused: number;
  /** Neither acknowledged nor refused in the end. */
  readonly unanswered: number;
  /** In the database. */
  readonly stored: number;
  /** Shown to every witness. */
  readonly delivered: number;
  /** Acknowledged, and either not stored or not shown to somebody. None may be. */
  readonly lost: number;
  readonly objections: readonly string[];
}

const namedAtMost = 5;

/** @param witnesses - everybody who has to be shown every message */
export function messageAccount(events: readonly SoakEvent[], witnesses: readonly string[]): MessageAccount {
  const ids = (kind: 'sent' | 'acknowledged' | 'refused'): Set<string> =>
    new Set(events.flatMap((event) => (event.kind === kind && 'id' in event ? [event.id] : [])));
  const [sent, acknowledged, refused] = [ids('sent'), ids('acknowledged'), ids('refused')];
  const stored = new Set(events.flatMap((event) => (event.kind === 'stored' ? event.ids : [])));
  const asked = events.some((event) => event.kind === 'stored');
  const shown = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.kind !== 'delivered') continue;
    shown.set(event.id, (shown.get(event.id) ?? new Set()).add(event.witness));
  }
  const unseenBy = (id: string): readonly string[] =>
    witnesses.filter((witness) => !shown.get(id)?.has(witness));
  const lost = [...acknowledged].flatMap((id) => {
    if (asked && !stored.has(id)) return [`message ${id} was acknowledged and is not stored`];
    const blind = unseenBy(id);
    return blind.length === 0 ? [] : [`message ${id} was acknowledged and not shown to ${blind.join(', ')}`];
  });
  const unanswered = [...sent].filter((id) => !acknowledged.has(id) && !refused.has(id));
  return {
    sent: sent.size,
    acknowledged: acknowledged.size,
    refused: refused.size,
    unanswered: unanswered.length,
    stored: [...sent].filter((id) => stored.has(id)).length,
    delivered: [...sent].filter((id) => shown.has(id) && unseenBy(id).length === 0).length,
    lost: lost.length,
    objections: [
      ...(acknowledged.size === 0 ? ['no message was acknowledged'] : []),
      ...(asked ? [] : ['the database was never asked what it has stored']),
      ...(witnesses.length === 0 ? ['nobody was there to be shown messages'] : []),
      ...shortened(lost, 'messages are lost'),
      ...(unanswered.length > 0 ? [`${unanswered.length} messages were never answered`] : []),
      ...(refused.size > 0 ? [`${refused.size} messages were refused for good`] : []),
    ],
  };
}

function shortened(all: readonly string[], what: string): readonly string[] {
  return all.length <= namedAtMost ? all : [...all.slice(0, namedAtMost), `${all.length} ${what} in all`];
}
