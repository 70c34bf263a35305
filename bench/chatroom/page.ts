import { figure, spread, table, type Page } from '../measure/page';
import { pairedRatio, summaryOf } from '../measure/statistics';
import type { Turn } from './turn';
import { inFlight } from './turn';

export interface SizeResult {
  readonly connections: number;
  /** Turns in the order in which they were taken; the first of ours came just before the first of theirs. */
  readonly ours: readonly Turn[];
  readonly theirs: readonly Turn[];
}

export interface ChatroomResults {
  readonly results: readonly SizeResult[];
  readonly rounds: number;
  readonly seconds: number;
  readonly deliveriesPerSecond: number;
  readonly command: string;
  readonly machine: string;
  readonly takenAt: Date;
}

/** What the chat server may cost beside a server that does nothing but broadcast. */
const goal = 0.8;

interface Row {
  readonly title: string;
  readonly of: (turn: Turn) => number;
  readonly digits?: number;
}

const rows: readonly Row[] = [
  {
    title: `messages delivered per second, ${inFlight} on their way`,
    of: (turn) => turn.busy.deliveriesPerSecond,
  },
  {
    title: 'messages delivered per second, one on its way',
    of: (turn) => turn.single.deliveriesPerSecond,
  },
  { title: 'messages per frame while busy', of: (turn) => turn.busy.messagesPerFrame, digits: 1 },
  {
    title: 'processor time of the server per frame and connection, µs',
    of: (turn) => turn.single.serverMicrosecondsPerFrame,
  },
  { title: 'delivery latency p50, ms', of: (turn) => turn.p50 },
  { title: 'delivery latency p99, ms', of: (turn) => turn.p99 },
  { title: 'memory per connection, KiB', of: (turn) => turn.bytesPerConnection / 1_024 },
];

export function chatroomPage(measured: ChatroomResults): Page {
  const { results, rounds, seconds, deliveriesPerSecond, command, machine, takenAt } = measured;
  return {
    name: 'chatroom',
    title: 'The chat server beside a bare broadcast',
    command,
    machine,
    takenAt,
    body: [
      `The chat server stores every message in PostgreSQL before it is acknowledged, tells other replicas through Redis, keeps rooms, presence, limits and metrics. The yardstick beside it, [bare-server.ts](../../bench/chatroom/bare-server.ts), is the broadcast example of \`ws\`: it gives every message to every connection and does nothing else. Goal: at least ${goal} of it.`,
      `Each contender gets a fresh process, the connections are all in one room, and the two take turns, ${rounds} times. Figures are medians with the lowest and highest in parentheses; a ratio is taken between neighbouring turns. Server, load generator, PostgreSQL and Redis share the machine.`,
      ...results.flatMap(sizeSection),
      ...scrapeSection(results),
      '## How it is measured',
      [
        `- **Messages delivered per second**: a message that reaches 1,000 connections counts 1,000. ${inFlight} messages (or one) are kept on their way: the next is sent when one has reached everybody. ${seconds} s, after a warm-up. While one insert is on its way the chat server collects what arrives, and what was stored together travels in one frame; the bare server has a frame for each message. With one message on its way nothing can be shared, and its way through PostgreSQL is part of every round trip.`,
        `- **Latency** is measured at ${figure(deliveriesPerSecond, 0)} deliveries a second for both, from the moment at which the message was due to its arrival at each connection; sending goes on whether or not the server keeps up.`,
        '- **Memory per connection** is what the resident memory of the server grew by while they connected, divided by them.',
        '- Every message must reach every connection, otherwise the run fails.',
      ].join('\n'),
    ],
  };
}

function sizeSection({ connections, ours, theirs }: SizeResult): readonly string[] {
  return [
    `## ${figure(connections, 0)} connections`,
    table(
      ['', 'chat server', 'bare `ws`', 'ratio'],
      rows.map(({ title, of, digits }) => [
        title,
        spread(summaryOf(ours, of), digits),
        spread(summaryOf(theirs, of), digits),
        spread(pairedRatio(ours.map(of), theirs.map(of)), 2),
      ]),
    ),
    verdict(ours, theirs),
  ];
}

/** The goal holds for both ways to ask for as much as a server can: what many messages share must not hide what one costs. */
function verdict(ours: readonly Turn[], theirs: readonly Turn[]): string {
  const ratio = (of: (turn: Turn) => number): number => pairedRatio(ours.map(of), theirs.map(of)).median;
  const busy = ratio((turn) => turn.busy.deliveriesPerSecond);
  const single = ratio((turn) => turn.single.deliveriesPerSecond);
  const busiest = Math.max(...[...ours, ...theirs].map((turn) => turn.busy.generatorBusy));
  return [
    `Goal ${Math.min(busy, single) >= goal ? 'met' : '**missed**'}: ${figure(busy)} of the bare broadcast with ${inFlight} messages on their way, ${figure(single)} with one (goal ${goal}).`,
    busiest > 0.95
      ? `The load generator was busy up to ${figure(Math.min(1, busiest) * 100, 0)} % of the time, so the faster contender may be capable of more.`
      : '',
  ]
    .join(' ')
    .trim();
}

function scrapeSection(results: readonly SizeResult[]): readonly string[] {
  const measured = results.map(({ connections, ours }) => ({
    connections,
    scrapes: ours.flatMap(({ scrape }) => (scrape ? [scrape] : [])),
  }));
  return [
    '## One scrape',
    'Prometheus asks the server for its metrics every 10 s. While it holds the connections, that costs:',
    table(
      [
        'connections',
        'series',
        'bytes',
        'answered in, ms',
        'processor time of the server, ms',
        'share of one processor',
      ],
      measured.map(({ connections, scrapes }) => [
        figure(connections, 0),
        figure(summaryOf(scrapes, ({ series }) => series).median, 0),
        figure(summaryOf(scrapes, ({ bytes }) => bytes).median, 0),
        spread(summaryOf(scrapes, ({ medianMs }) => medianMs)),
        spread(summaryOf(scrapes, ({ serverMs }) => serverMs)),
        `${figure(summaryOf(scrapes, ({ serverMs }) => serverMs).median / 100, 3)} %`,
      ]),
    ),
  ];
}
