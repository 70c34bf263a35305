import type { Catalogue, TunedAlert } from '../catalogue';
import { toMilliseconds, type Duration } from '../model/duration';
import { partsOf, type Query, type Selector } from '../model/query';
import type { Recording } from '../model/rule';
import { readable } from './expressions';
import type { Check } from './problem';

/**
 * The alert of a cause stays longer than what it mutes remembers. Otherwise its all-clear is followed by a page about
 * what is over already. Of interest are pages, since a ticket may come late, and other targets than that of the
 * cause: what happened to a target while it could not be asked is news when it answers again.
 */
export const lastingCauses: Check = (catalogue) => {
  const alerts = new Map(
    catalogue.alerts
      .flatMap((group) => group.alerts)
      .map((alert): [string, TunedAlert] => [alert.name, alert]),
  );
  const recordings = recordingsOf(catalogue);
  return catalogue.inhibitions
    .filter(({ equal }) => !equal.includes('instance'))
    .flatMap(({ causes, consequences }) =>
      causes.flatMap((cause) => consequences.map((consequence) => ({ cause, consequence }))),
    )
    .flatMap(({ cause, consequence }) => {
      const page = alerts.get(consequence);
      const query = readable(page?.expr ?? '');
      if (page?.labels['severity'] !== 'critical' || !query) return [];
      const lasts = inSeconds(alerts.get(cause)?.keepFiringFor);
      const remembers = memory(query, { cause, recordings }) + inSeconds(page.keepFiringFor);
      return remembers <= lasts
        ? []
        : [
            {
              check: 'lasting-causes',
              subject: `${cause} mutes ${consequence}`,
              message: `the page can stand ${remembers}s after its reason is gone, the alert that mutes it only ${lasts}s, so that an all-clear would be followed by a page; give ${cause} a keepFiringFor of ${remembers}s or more, or ${consequence} a condition that looks at the last minute`,
            },
          ];
    });
};

interface Known {
  readonly cause: string;
  readonly recordings: ReadonlyMap<string, readonly Recorded[]>;
}

interface Recorded {
  readonly recording: Recording;
  readonly every: Duration;
}

function recordingsOf({ recordings, environment }: Catalogue): Known['recordings'] {
  const all = recordings.flatMap(({ interval, recordings: each }) =>
    each.map((recording): Recorded => ({ recording, every: interval ?? environment.evaluationInterval })),
  );
  return Map.groupBy(all, ({ recording }) => recording.name);
}

/**
 * For how many seconds after all is well an expression can still hold: as long as the window is in which it looks for
 * too much of something. What looks for too little ends with the first of it that is there.
 */
function memory(query: Query, known: Known): number {
  switch (query.kind) {
    case 'constant':
      return 0;
    case 'selector':
      return ofSelector(query, known);
    case 'range': {
      const explained = explainedAfter(query.of, known.cause);
      const moment = memory(query.of, known);
      // What the alert of the cause explains is left out of the window, however long that is.
      return explained === undefined ? query.milliseconds / 1_000 + moment : Math.max(0, moment - explained);
    }
    case 'aggregation':
      return memory(query.of, known);
    case 'call': {
      const [first] = query.args;
      if (query.function.startsWith('absent')) return 0;
      if (query.function === 'last_over_time' && first?.kind === 'range') return memory(first.of, known);
      return Math.max(0, ...query.args.map((argument) => memory(argument, known)));
    }
    case 'operation': {
      const [left, right] = [memory(query.left, known), memory(query.right, known)];
      if (['<', '<=', '=='].includes(query.operator)) return 0;
      if (['/', 'unless'].includes(query.operator)) return left;
      return query.operator === 'and' ? Math.min(left, right) : Math.max(left, right);
    }
  }
}

/** What a rule records stands until it is taken anew. */
function ofSelector({ metric = '', matchers }: Selector, known: Known): number {
  const meant = (known.recordings.get(metric) ?? []).filter(({ recording: { staticLabels = {} } }) =>
    matchers.every(({ label, op, value }) => op !== '=' || (staticLabels[label] ?? value) === value),
  );
  return Math.max(
    0,
    ...meant.map(({ recording, every }) => {
      const query = readable(recording.expr);
      const remembered = query ? memory(query, known) : 0;
      return remembered > 0 ? remembered + inSeconds(every) : 0;
    }),
  );
}

/** For how many seconds after the end of an alert a query leaves out what it selects; nothing when it never does. */
function explainedAfter(query: Query, cause: string): number | undefined {
  if (query.kind !== 'operation' || query.operator !== 'unless') return undefined;
  const after = [...partsOf(query.right)].flatMap((part) =>
    part.kind === 'range' && isAlert(part.of, cause) ? [part.milliseconds + (part.offset ?? 0)] : [],
  );
  return after.length > 0 ? Math.max(...after) / 1_000 : explainedAfter(query.left, cause);
}

function isAlert(query: Query, name: string): boolean {
  return (
    query.kind === 'selector' &&
    query.metric === 'ALERTS' &&
    query.matchers.some(
      ({ label, op, value }) =>
        label === 'alertname' && ['=', '=~'].includes(op) && value.split('|').includes(name),
    )
  );
}

function inSeconds(duration?: Duration): number {
  return duration === undefined ? 0 : toMilliseconds(duration) / 1_000;
}
