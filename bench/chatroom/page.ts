import { figure, spread, table, type Page } from '../measure/page';
import { pairedRatio, summary, summaryOf, type Summary } from '../measure/statistics';
import type { Round } from './round';
import { inFlight, type Turn } from './turn';

export interface SizeResult {
  readonly connections: number;
  readonly rounds: readonly Round[];
}

export interface ChatroomResults {
  readonly results: readonly SizeResult[];
  readonly rounds: number;
  readonly slices: number;
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
  /** One figure for each slice, or a single one. */
  readonly of: (turn: Turn) => readonly number[];
  readonly digits?: number;
}

const busyDeliveries = (turn: Turn) => turn.busy.map(({ deliveriesPerSecond }) => deliveriesPerSecond);
const singleDeliveries = (turn: Turn) => turn.single.map(({ deliveriesPerSecond }) => deliveriesPerSecond);

const rows: readonly Row[] = [
  { title: `messages delivered per second, ${inFlight} on their way`, of: busyDeliveries },
  { title: 'messages delivered per second, one on its way', of: singleDeliveries },
  {
    title: 'messages per frame while busy',
    of: (turn) => turn.busy.map(({ messagesPerFrame }) => messagesPerFrame),
    digits: 1,
  },
  {
    title: 'processor time of the server per frame and connection, µs',
    of: (turn) => turn.single.map(({ serverMicrosecondsPerFrame }) => serverMicrosecondsPerFrame),
  },
  { title: 'delivery latency p50, ms', of: (turn) => turn.latency.map(({ p50 }) => p50) },
  { title: 'delivery latency p99, ms', of: (turn) => turn.latency.map(({ p99 }) => p99) },
  {
    title: 'memory per connection, alive, KiB',
    of: ({ liveBytesPerConnection }) => [liveBytesPerConnection / 1_024],
  },
  {
    title: 'memory per connection, resident, KiB',
    of: ({ residentBytesPerConnection }) => [residentBytesPerConnection / 1_024],
  },
];

/** What lies in the middle of each round's slices. */
const medianOf =
  (of: Row['of']) =>
  (turn: Turn): number =>
    summary(of(turn)).median;

/** In each round the middle of the ratios of slices that came one after the other. */
const ratioOf = (rounds: readonly Round[], of: Row['of']): Summary =>
  summaryOf(rounds, ({ ours, theirs }) => pairedRatio(of(ours), of(theirs)).median);

export function chatroomPage(measured: ChatroomResults): Page {
  const { results, rounds, slices, seconds, deliveriesPerSecond, command, machine, takenAt } = measured;
  return {
    name: 'chatroom',
    title: 'The chat server beside a bare broadcast',
    command,
    machine,
    takenAt,
    body: [
      `The chat server stores every message in PostgreSQL before it is acknowledged, tells other replicas through Redis, keeps rooms, presence, limits and metrics. The yardstick beside it, [bare-server.ts](../../bench/chatroom/bare-server.ts), is the broadcast example of \`ws\`: it gives every message to every connection and does nothing else. Goal: at least ${goal} of it.`,
      `In each of ${rounds} rounds both get a fresh process, compiled as it is shipped, and a crowd of their own, all in one room. Then they are measured by turns, ${slices} slices of ${seconds} s each, so that whatever else the machine does it does to both. A figure is the median of a round's slices and a ratio the median of the ratios of neighbouring slices; shown is the median of the rounds, with the lowest and highest round in parentheses. Servers, load generator, PostgreSQL and Redis share the machine.`,
      ...results.flatMap(sizeSection),
      ...scrapeSection(results),
      '## How it is measured',
      [
        `- **Messages delivered per second**: a message that reaches 1,000 connections counts 1,000. ${inFlight} messages (or one) are kept on their way: the next is sent when one has reached everybody. While one insert is on its way the chat server collects what arrives, and what was stored together travels in one frame; the bare server has a frame for each message. With one message on its way nothing can be shared, and its way through PostgreSQL is part of every round trip.`,
        `- **Latency** is measured at ${figure(deliveriesPerSecond, 0)} deliveries a second for both, from the moment at which the message was due to its arrival at each connection; sending goes on whether or not the server keeps up.`,
        '- **Memory per connection** is what grew while they connected, divided by them. Alive is what objects and buffers hold after everything that can be collected was, and is the same in every run. Resident is what the system sees, and says as much about the collector: the young generation keeps the size that the joining of thousands at once gave it.',
        '- What the chat server keeps of a connection beyond the socket, its WebSocket and their listeners, which both have: its name and rooms, its places in the room, in the presence that is told to other replicas, on the heartbeat and among the metrics, and how much it may still send.',
        '- Every message must reach every connection, otherwise the run fails.',
      ].join('\n'),
    ],
  };
}

function sizeSection({ connections, rounds }: SizeResult): readonly string[] {
  const ours = rounds.map((round) => round.ours);
  const theirs = rounds.map((round) => round.theirs);
  return [
    `## ${figure(connections, 0)} connections`,
    table(
      ['', 'chat server', 'bare `ws`', 'ratio'],
      rows.map(({ title, of, digits }) => [
        title,
        spread(summaryOf(ours, medianOf(of)), digits),
        spread(summaryOf(theirs, medianOf(of)), digits),
        spread(ratioOf(rounds, of), 2),
      ]),
    ),
    verdict(rounds),
  ];
}

/** The goal holds for both ways to ask for as much as a server can: what many messages share must not hide what one costs. */
function verdict(rounds: readonly Round[]): string {
  const busy = ratioOf(rounds, busyDeliveries).median;
  const single = ratioOf(rounds, singleDeliveries).median;
  const slices = rounds.flatMap(({ ours, theirs }) => [...ours.busy, ...theirs.busy]);
  const busiest = Math.max(...slices.map(({ generatorBusy }) => generatorBusy));
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
  const measured = results.map(({ connections, rounds }) => ({
    connections,
    scrapes: rounds.flatMap(({ ours }) => (ours.scrape ? [ours.scrape] : [])),
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
