import type { FaultName } from '../../local/faults';
import { figure, spread, table, type Page } from '../measure/page';
import { summaryOf } from '../measure/statistics';
import type { Episode } from './measure';

export interface NotificationResults {
  readonly episodes: readonly Episode[];
  /** Faults of which nobody was told. */
  readonly silent: readonly FaultName[];
  readonly factor: number;
  readonly rounds: number;
  readonly command: string;
  readonly machine: string;
  readonly takenAt: Date;
}

/** How much longer than the smallest possible a message may take. */
const goal = 1.1;

/** Between being noticed and being told there is no luck: what is configured, and what the programs add. */
const afterNoticing = ({ toldAfter, noticedAfter }: Episode): number => toldAfter - noticedAfter;
const configuredAfterNoticing = ({ intervals }: Episode): number => intervals.held + intervals.groupWait;

export function notificationPage(results: NotificationResults): Page {
  const { episodes, silent, factor, rounds, command, machine, takenAt } = results;
  const byFault = [...Map.groupBy(episodes, ({ fault }) => fault).values()];
  const late = byFault.filter((same) => ratioOf(same) > goal);
  return {
    name: 'notification',
    title: 'From a fault to the message about it',
    command,
    machine,
    takenAt,
    body: [
      `Every kind of fault that the local stack can be given (\`npm start -- --help\` lists them), from the moment at which it was there to the first message in an inbox. Goal: within ${goal} of the smallest time that the configured intervals allow.`,
      `So that the bench takes minutes, every duration of the rules and routes is divided by ${factor}, with the floors that [compress.ts](../../local/compress.ts) gives. Each fault comes at a random moment between two scrapes${rounds > 1 ? `, ${rounds} times; figures are medians, the lowest and highest in parentheses` : ''}.`,
      '> smallest possible = scrape interval + evaluation interval + share of the range that has to fill up + `for`, rounded up to whole evaluations + `group_wait`',
      'It is the smallest that can be promised for a fault that may come at any time; one that comes just before a scrape is told sooner, and its ratio is below 1. The last column knows no such luck: it starts when the expression is true, and compares with `for` + `group_wait` alone; what is above 1 there is what Prometheus, Alertmanager and the way to the inbox add.',
      '## Measured',
      table(
        [
          'fault',
          'alert',
          'noticed after, s',
          'told after, s',
          'smallest possible, s',
          'ratio',
          'from noticed to told, s',
          'configured for that, s',
        ],
        byFault.map((same) => [
          titleOf(same),
          same[0]?.alert ?? '',
          seconds(same, ({ noticedAfter }) => noticedAfter),
          seconds(same, ({ toldAfter }) => toldAfter),
          seconds(same, ({ smallest }) => smallest),
          figure(ratioOf(same)),
          seconds(same, afterNoticing),
          seconds(same, configuredAfterNoticing),
        ]),
      ),
      ...(episodes.some(({ gradual }) => gradual)
        ? [
            '\\* comes bit by bit and was noticed on the way: counted from when it was, and so is the smallest possible.',
          ]
        : []),
      late.length === 0
        ? `Goal met by all ${byFault.length}.`
        : `Goal **missed** by ${late.map(([first]) => first?.fault).join(', ')}.`,
      ...(silent.length > 0 ? [`Nobody was told at all of: **${silent.join(', ')}**.`] : []),
      '## At the pace of production',
      `The same formula with nothing divided, and what that makes of the measured ratio.`,
      table(
        ['fault', 'alert', 'smallest possible', 'with the measured ratio'],
        byFault.map((same) => {
          const [first] = same;
          const possible = first?.smallestInProduction ?? Number.NaN;
          return [titleOf(same), first?.alert ?? '', minutes(possible), minutes(possible * ratioOf(same))];
        }),
      ),
    ],
  };
}

const titleOf = (same: readonly Episode[]): string =>
  `${same[0]?.fault ?? ''}${same.some(({ gradual }) => gradual) ? ' \\*' : ''}`;

const ratioOf = (same: readonly Episode[]): number =>
  summaryOf(same, ({ toldAfter, smallest }) => toldAfter / smallest).median;

function seconds(same: readonly Episode[], of: (episode: Episode) => number): string {
  const found = summaryOf(same, (episode) => of(episode) / 1_000);
  return found.lowest === found.highest ? figure(found.median, 1) : spread(found, 1);
}

function minutes(milliseconds: number): string {
  const total = Math.round(milliseconds / 1_000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
}
