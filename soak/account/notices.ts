import type { ToldAlert } from '../../local/told-alerts';
import type { EventOf, SoakEvent } from '../event';
import { episodes, type Episode } from './episodes';

export interface NoticeAccount {
  /** Messages that reached people: one to two addresses counts twice. */
  readonly sent: number;
  /** Told people what they knew: every alert in it, in this state and since that time, they had just been told of. */
  readonly doubled: number;
  /**
   * Of messages that told people what they knew, those that named something over which the one before did not: for a
   * quarter of an hour Prometheus repeats what is over, and Alertmanager, which forgets it once it has said so, takes it
   * for news as long as something else of its group fires. Nothing can be configured against it, so it is no objection.
   */
  readonly reminders: number;
  /** Somebody was not told, or not told that it is over. */
  readonly untold: number;
  /** Somebody was told of an alert that nothing expected, or that a cause should have muted. */
  readonly surplus: number;
  readonly objections: readonly string[];
}

/** @param repeatAfterMs - after how long somebody is rightly told the same again */
export function noticeAccount(
  events: readonly SoakEvent[],
  repeatAfterMs: (to: string) => number,
): NoticeAccount {
  const notices = events.filter((event) => event.kind === 'notice');
  const { doubled, reminders } = repetitions(notices, repeatAfterMs);
  const untold = episodes(events).flatMap(untoldIn);
  const surplus = surplusNotices(events, notices);
  const nameless = notices.filter(
    ({ firing, resolved, alerts }) => alerts.length === 0 || alerts.length < firing.length + resolved.length,
  );
  return {
    sent: notices.length,
    doubled: doubled.length,
    reminders: reminders.length,
    untold: untold.length,
    surplus: surplus.length,
    objections: [
      ...doubled.map(({ to, text }) => `${to} was told twice: ${text.split('\n')[0]}`),
      ...nameless.map(
        ({ to, text }) =>
          `whether ${to} was told twice cannot be known, since it does not say of which alerts: ${text.split('\n')[0]}`,
      ),
      ...untold,
      ...surplus,
    ],
  };
}

/** Mails say in whole seconds when they arrived, so that the time between two may seem shorter than it was. */
const clockMs = 1_500;

/**
 * Messages in which nothing is new. Texts do not show that, since the values in them change, and what is repeated beside
 * something new is no repetition.
 */
function repetitions(
  notices: readonly EventOf<'notice'>[],
  repeatAfterMs: (to: string) => number,
): Readonly<Record<'doubled' | 'reminders', readonly EventOf<'notice'>[]>> {
  const toldAt = new Map<string, number>();
  /** By what fires: what is over according to the last message that spoke of it. */
  const overBeside = new Map<string, readonly string[]>();
  const doubled: EventOf<'notice'>[] = [];
  const reminders: EventOf<'notice'>[] = [];
  for (const notice of notices.toSorted((a, b) => a.at - b.at)) {
    const { to, alerts, at } = notice;
    const keysOf = (wanted: ToldAlert['state']): readonly string[] =>
      alerts
        .filter(({ state }) => state === wanted)
        .map(({ state, fingerprint, startsAt }) => [to, state, fingerprint, startsAt].join());
    const [firing, over] = [keysOf('firing'), keysOf('resolved')];
    const keys = [...firing, ...over];
    const known = (key: string): boolean => at - (toldAt.get(key) ?? -Infinity) < repeatAfterMs(to) - clockMs;
    const overIsNews = firing.some((key) => over.some((each) => !overBeside.get(key)?.includes(each)));
    if (keys.length > 0 && keys.every(known)) (overIsNews ? reminders : doubled).push(notice);
    for (const key of keys) toldAt.set(key, at);
    for (const key of firing) overBeside.set(key, over);
  }
  return { doubled, reminders };
}

function untoldIn({ broken, notices }: Episode): readonly string[] {
  return broken.due.flatMap(({ alert, to }) => {
    const said = (list: 'firing' | 'resolved'): boolean =>
      notices.some((notice) => notice.to === to && notice[list].includes(alert));
    return [
      ...(said('firing') ? [] : [`${broken.fault}: ${to} was not told of ${alert}`]),
      ...(said('resolved') ? [] : [`${broken.fault}: ${to} was not told that ${alert} is over`]),
    ];
  });
}

/** What is over may be repeated beside something new; that something fires may be said only when it should. */
function surplusNotices(
  events: readonly SoakEvent[],
  notices: readonly EventOf<'notice'>[],
): readonly string[] {
  const all = episodes(events);
  const expected = new Set(
    all.flatMap(({ broken, notices: within }) =>
      within.flatMap((notice) =>
        notice.firing
          .filter((alert) => broken.due.some((due) => due.alert === alert && due.to === notice.to))
          .map((alert) => nameOf(notice, alert)),
      ),
    ),
  );
  return notices.flatMap((notice) =>
    notice.firing
      .filter((alert) => !expected.has(nameOf(notice, alert)))
      .map((alert) => `${notice.to} was told of ${alert}, which nobody should have been`),
  );
}

const nameOf = ({ at, to, text }: EventOf<'notice'>, alert: string): string =>
  JSON.stringify([at, to, text, alert]);
