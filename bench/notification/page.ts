import { faults, type FaultName } from '../../local/faults';
import { figure, spread, table, type Page } from '../measure/page';
import { summaryOf } from '../measure/statistics';
import type { Episode } from './measure';

export interface NotificationResults {
  readonly episodes: readonly Episode[];
  /** Faults of which nobody was told. */
  readonly silent: readonly FaultName[];
  /** Faults that the machine does not allow, and why, completing "It …". */
  readonly impossible: readonly { readonly fault: FaultName; readonly why: string }[];
  readonly factor: number;
  readonly command: string;
  readonly machine: string;
  readonly takenAt: Date;
}

/** How much longer than configured a message may take. */
const goal = 1.1;

/** Between being noticed and being told there is no luck: what is configured, and what the programs add. */
const afterNoticing = ({ toldAfter, noticedAfter }: Episode): number => toldAfter - noticedAfter;
const configured = ({ intervals }: Episode): number => intervals.held + intervals.groupWait;
const added = (episode: Episode): number => afterNoticing(episode) - configured(episode);

export function notificationPage(results: NotificationResults): Page {
  const { episodes, silent, impossible, factor, command, machine, takenAt } = results;
  const byFault = [...Map.groupBy(episodes, ({ fault }) => fault).values()];
  const withMoment = byFault.filter((same) => !same.some(({ gradual }) => gradual));
  const missed = [
    ...byFault
      .filter((same) => ratioAfterNoticing(same) > goal)
      .map(([first]) => `${first?.fault} (after it was noticed)`),
    ...withMoment
      .filter((same) => ratioOfPromise(same) > goal)
      .map(([first]) => `${first?.fault} (from the fault on)`),
  ];
  const unmeasured = faults.filter(
    ({ name }) =>
      !episodes.some(({ fault }) => fault === name) &&
      !silent.includes(name) &&
      !impossible.some(({ fault }) => fault === name),
  );
  return {
    name: 'notification',
    title: 'From a fault to the message about it',
    command,
    machine,
    takenAt,
    body: [
      `How long it takes from a fault of the local stack to the first message about it in an inbox: ${byFault.length} of the ${faults.length} kinds that \`npm start -- --help\` lists, ${timesEach(byFault)}. Goal: within ${goal} of what the configured intervals explain.`,
      ...(impossible.length > 0
        ? [`Left out: ${impossible.map(({ fault, why }) => `${fault}, which ${why}`).join('; ')}.`]
        : []),
      ...(unmeasured.length > 0
        ? [`Not asked for in this run: ${unmeasured.map(({ name }) => name).join(', ')}.`]
        : []),
      `So that the bench takes minutes, every duration of the rules and routes is divided by ${factor}, with the floors that [compress.ts](../../local/compress.ts) gives. Each fault comes at a random moment between two scrapes. Figures are medians, the lowest and highest in parentheses where there are several.`,
      '## Once it is noticed',
      'From the moment since which the expression has been true to the message. There is no luck in it: `for`, rounded up to whole evaluations, and `group_wait` are configured, and what is above 1 is what Prometheus, Alertmanager and the way to the inbox add.',
      table(
        ['fault', 'alert', 'told after, s', 'configured, s', 'added, s', 'ratio'],
        byFault.map((same) => [
          same[0]?.fault ?? '',
          same[0]?.alert ?? '',
          seconds(same, afterNoticing),
          seconds(same, configured),
          seconds(same, added),
          figure(ratioAfterNoticing(same)),
        ]),
      ),
      ...(withMoment.length > 0
        ? [
            '## From the fault on',
            '> promised = scrape interval + evaluation interval + share of the range that has to fill up + `for`, rounded up to whole evaluations + `group_wait`',
            'The smallest time that can be promised for a fault that comes whenever it likes. One that comes just before a scrape is told sooner, and its ratio is below 1: that is luck and no merit, so a ratio here can only speak against us. Faults that come bit by bit or have to be counted have no moment from which to count, and are not here.',
            table(
              ['fault', 'alert', 'noticed after, s', 'told after, s', 'promised, s', 'ratio'],
              withMoment.map((same) => [
                same[0]?.fault ?? '',
                same[0]?.alert ?? '',
                seconds(same, ({ noticedAfter }) => noticedAfter),
                seconds(same, ({ toldAfter }) => toldAfter),
                seconds(same, ({ promised }) => promised),
                figure(ratioOfPromise(same)),
              ]),
            ),
          ]
        : []),
      missed.length === 0 ? `Goal met by all ${byFault.length}.` : `Goal **missed** by ${missed.join(', ')}.`,
      ...(silent.length > 0 ? [`Nobody was told at all of: **${silent.join(', ')}**.`] : []),
      '## At the pace of production',
      'The same formulas with nothing divided, and what was added above: that is time of programs, which no factor shortens. Where a fault has no moment, from when it is noticed.',
      table(
        ['fault', 'alert', 'configured', 'with what was added'],
        byFault.map((same) => {
          const [first] = same;
          const promised = first?.promisedInProduction ?? Number.NaN;
          const overhead = Math.max(0, summaryOf(same, added).median);
          return [first?.fault ?? '', first?.alert ?? '', minutes(promised), minutes(promised + overhead)];
        }),
      ),
    ],
  };
}

function timesEach(byFault: readonly (readonly Episode[])[]): string {
  const counts = byFault.map(({ length }) => length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
  return least === most ? `each ${times(least)}` : `each ${times(least)} to ${times(most)}`;
}

const ratioOfPromise = (same: readonly Episode[]): number =>
  summaryOf(same, ({ toldAfter, promised }) => toldAfter / promised).median;

const ratioAfterNoticing = (same: readonly Episode[]): number =>
  summaryOf(same, (episode) => afterNoticing(episode) / configured(episode)).median;

function seconds(same: readonly Episode[], of: (episode: Episode) => number): string {
  const found = summaryOf(same, (episode) => of(episode) / 1_000);
  return found.lowest === found.highest ? figure(found.median, 1) : spread(found, 1);
}

function minutes(milliseconds: number): string {
  const total = Math.round(milliseconds / 1_000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
}
