import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisLink } from '../../../chatroom/fanout/redis-link';
import { Relay, type RelayProps } from '../../../chatroom/fanout/relay';
import type { Message } from '../../../chatroom/protocol/frames';
import type { RecentPage } from '../../../chatroom/storage/message-reader';

const message = (seq: number, at = new Date().toISOString()): Message => ({
  seq,
  id: `id-${seq}`,
  author: 'ann',
  kind: 'user',
  text: `message ${seq}`,
  at,
});

const nothing: RecentPage = { messages: [], more: false };

/** Reads out of a table as PostgreSQL would, `limit` messages at a time. */
const readerOf =
  (seqs: () => readonly number[], limit: number): RelayProps['readRecent'] =>
  async ({ after = 0 }) => {
    const found = seqs()
      .filter((seq) => seq > after)
      .slice(0, limit);
    return {
      messages: found.map((seq) => ({ room: 'lobby', message: message(seq) })),
      more: found.length === limit,
    };
  };

/** A channel that reaches all relays on it, as long as it is up. */
class FakeLink extends EventEmitter {
  up = true;
  readonly published: string[] = [];
  listeners_: ((payload: string) => void)[] = [];
  async publish(_channel: string, payload: string): Promise<boolean> {
    this.published.push(payload);
    if (this.up) this.listeners_.forEach((listener) => listener(payload));
    return this.up;
  }
}

const relayOn = (
  link: FakeLink,
  replica: string,
  readRecent: RelayProps['readRecent'] = async () => nothing,
) => {
  const heard: { room: string; seqs: number[] }[] = [];
  const measured = { delivered: 0, relayed: 0 };
  const relay = new Relay({
    replica,
    channel: 'c',
    rooms: () => ['lobby'],
    delivered: () => (measured.delivered += 1),
    relayed: () => (measured.relayed += 1),
    readRecent,
    broadcast: (room, frame) => {
      const { messages } = JSON.parse(frame) as { messages: Message[] };
      heard.push({ room, seqs: messages.map(({ seq }) => seq) });
      return 1;
    },
  });
  relay.attach(link as unknown as RedisLink);
  link.listeners_.push(relay.receive);
  return { relay, heard, measured };
};

test('what one replica stored is broadcast on all, one frame per room, in the order of seq', () => {
  const link = new FakeLink();
  const one = relayOn(link, 'one');
  const two = relayOn(link, 'two');
  one.relay.committed([
    { room: 'lobby', message: message(2), fresh: true, acceptedAt: Date.now() },
    { room: 'ops', message: message(3), fresh: true, acceptedAt: Date.now() },
    { room: 'lobby', message: message(1), fresh: true, acceptedAt: Date.now() },
  ]);
  const frames = [
    { room: 'lobby', seqs: [1, 2] },
    { room: 'ops', seqs: [3] },
  ];
  expect(one.heard).toEqual(frames);
  expect(two.heard).toEqual(frames);
  expect(link.published).toHaveLength(1);
  expect([one.measured, two.measured]).toEqual([
    { delivered: 2, relayed: 0 },
    { delivered: 2, relayed: 1 },
  ]);
});

test('a message sent again is shown again while it is young, since its first attempt may have died unheard', () => {
  const link = new FakeLink();
  const one = relayOn(link, 'one');
  const old = new Date(Date.now() - 3_600_000).toISOString();
  one.relay.committed([
    { room: 'lobby', message: message(1), fresh: false, acceptedAt: Date.now() },
    { room: 'lobby', message: message(2, old), fresh: false, acceptedAt: Date.now() },
  ]);
  expect(one.heard).toEqual([{ room: 'lobby', seqs: [1] }]);
});

test('catching up delivers what was not delivered, and nothing else', async () => {
  const link = new FakeLink();
  const one = relayOn(
    link,
    'one',
    readerOf(() => [1, 2, 3], 10),
  );
  one.relay.committed([{ room: 'lobby', message: message(2), fresh: true, acceptedAt: Date.now() }]);
  one.relay.catchUp(10);
  await sleep(20);
  expect(one.heard.slice(1)).toEqual([{ room: 'lobby', seqs: [1, 3] }]);
  one.relay.close();
});

test('catching up shows all that was missed, in the order of seq, however much more it is than one page', async () => {
  const all = Array.from({ length: 2_500 }, (_, index) => index + 1);
  let pages = 0;
  // What is stored while the pages are read is no less missed.
  const stored = (): readonly number[] => all.slice(0, (pages += 1) === 1 ? 2_400 : 2_500);
  const one = relayOn(new FakeLink(), 'one', readerOf(stored, 500));
  one.relay.catchUp(4);
  await sleep(50);
  expect(one.heard.flatMap(({ seqs }) => seqs)).toEqual(all);
  one.relay.close();
});

test('pages that were shown before PostgreSQL failed are not shown again', async () => {
  jest.useFakeTimers();
  try {
    const all = Array.from({ length: 25 }, (_, index) => index + 1);
    const read = readerOf(() => all, 10);
    let calls = 0;
    const one = relayOn(new FakeLink(), 'one', async (query) => {
      calls += 1;
      if (calls === 2) throw new Error('gone');
      return read(query);
    });
    one.relay.catchUp(4);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(one.heard.flatMap(({ seqs }) => seqs)).toEqual(all);
    one.relay.close();
  } finally {
    jest.useRealTimers();
  }
});

test('catching up is tried again until PostgreSQL answers, reaching back to when it began', async () => {
  jest.useFakeTimers();
  try {
    const asked: number[] = [];
    const relay = new Relay({
      replica: 'one',
      channel: 'c',
      rooms: () => ['lobby'],
      broadcast: () => 0,
      delivered: () => undefined,
      relayed: () => undefined,
      readRecent: async ({ seconds }) => {
        asked.push(Math.round(seconds));
        if (asked.length < 3) throw new Error('gone');
        return nothing;
      },
    });
    relay.catchUp(5);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([5, 7, 9]);
  } finally {
    jest.useRealTimers();
  }
});

test('when the link returns, both sides look for what they missed', async () => {
  const link = new FakeLink();
  const asked: string[] = [];
  const reader = (name: string) => async () => {
    asked.push(name);
    return nothing;
  };
  const one = relayOn(link, 'one', reader('one'));
  const otherLink = new FakeLink();
  const two = relayOn(otherLink, 'two', reader('two'));
  link.listeners_.push(two.relay.receive);
  link.emit('up', 30);
  await sleep(20);
  expect(asked.sort()).toEqual(['one', 'two']);
  one.relay.close();
  two.relay.close();
});

test.each(['', 'null', '{}', '{"from":"x","frames":[{"room":1}]}', '[', '{"from":"x","missedSeconds":-1}'])(
  'a stranger on the channel who says %j is ignored',
  (payload) => {
    const one = relayOn(new FakeLink(), 'one');
    expect(() => one.relay.receive(payload)).not.toThrow();
    expect(one.heard).toEqual([]);
  },
);
