import { chatroomPage, type ChatroomResults } from '../../../bench/chatroom/page';
import type { Turn } from '../../../bench/chatroom/turn';

const turn = (deliveriesPerSecond: number, generatorBusy = 0.5, scrape = true): Turn => {
  const throughput = {
    deliveriesPerSecond,
    messagesPerFrame: 1,
    serverMicrosecondsPerFrame: 10,
    serverBusy: 0.9,
    generatorBusy,
  };
  return {
    liveBytesPerConnection: 4_096,
    residentBytesPerConnection: 10_240,
    busy: [throughput],
    single: [throughput],
    latency: [{ p50: 1, p99: 2 }],
    ...(scrape && { scrape: { bytes: 30_000, series: 250, medianMs: 4, slowestMs: 9, serverMs: 3 } }),
  };
};

const bodyOf = (ours: readonly Turn[], theirs: readonly Turn[]): string => {
  const results: ChatroomResults = {
    results: [
      {
        connections: 1_000,
        rounds: ours.map((turn, index) => ({ ours: turn, theirs: theirs[index] as Turn })),
      },
    ],
    rounds: ours.length,
    slices: 1,
    seconds: 3,
    deliveriesPerSecond: 30_000,
    command: 'npm run bench:chatroom',
    machine: 'm',
    takenAt: new Date(0),
  };
  return chatroomPage(results).body.join('\n');
};

test('a ratio is that of neighbours, and meets the goal from 0.8 on', () => {
  // The machine was ten times slower in the second round, for both.
  const body = bodyOf([turn(80_000), turn(8_000)], [turn(100_000, 0.5, false), turn(10_000, 0.5, false)]);
  expect(body).toContain('0.80 (0.80 … 0.80)');
  expect(body).toContain(
    'Goal met: 0.80 of the bare broadcast with 32 messages on their way, 0.80 with one (goal 0.8).',
  );
});

test('slices are compared with their neighbours, so that what disturbs both of them changes nothing', () => {
  const slices = (...figures: number[]): Turn => ({
    ...turn(0),
    single: figures.flatMap((figure) => turn(figure).single),
    busy: figures.flatMap((figure) => turn(figure).busy),
  });
  // By their medians the chat server would be at 0.09.
  const body = bodyOf([slices(90_000, 9_000, 8_000)], [slices(100_000, 10_000, 100_000)]);
  expect(body).toContain('Goal met: 0.90 of');
});

test('a server that falls short of the goal is said to', () => {
  expect(bodyOf([turn(79_000)], [turn(100_000, 0.5, false)])).toContain('Goal **missed**: 0.79');
});

test('sharing frames between messages does not hide what a single one costs', () => {
  const shared: Turn = { ...turn(79_000), busy: turn(1_000_000).busy };
  expect(bodyOf([shared], [turn(100_000, 0.5, false)])).toContain('Goal **missed**: 10.0 of');
});

test('a generator that was itself the limit is confessed', () => {
  expect(bodyOf([turn(80_000)], [turn(100_000, 0.99, false)])).toContain('generator was busy up to 99 %');
});

test('what a scrape costs is on the page, also as a share of the time between two', () => {
  expect(bodyOf([turn(80_000)], [turn(100_000, 0.5, false)])).toContain(
    '| 1,000 | 250 | 30,000 | 4.00 (4.00 … 4.00) | 3.00 (3.00 … 3.00) | 0.030 % |',
  );
});
