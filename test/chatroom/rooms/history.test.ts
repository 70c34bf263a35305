import { setImmediate as turn } from 'node:timers/promises';
import type { Message } from '../../../chatroom/protocol/frames';
import { cut, History } from '../../../chatroom/rooms/history';

const started = Date.parse('2026-07-31T00:00:00Z');
/** One message per second. */
const messages = (count: number, first = 1): Message[] =>
  Array.from({ length: count }, (_, index) => ({
    seq: first + index,
    id: `id-${first + index}`,
    author: 'ann',
    kind: 'user',
    text: `message ${first + index}`,
    at: new Date(started + (first + index) * 1_000).toISOString(),
  }));

describe('what is shown on entering', () => {
  test('is the last fifty messages, and whether there are more', () => {
    expect(cut(messages(50), undefined)).toEqual({ messages: messages(50), more: false });
    expect(cut(messages(51), undefined)).toEqual({ messages: messages(50, 2), more: true });
  });

  test('is everything after the last message seen, and the ten seconds before it', () => {
    const { messages: given, more } = cut(messages(100), 90);
    expect(given.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => 80 + index));
    expect(more).toBe(false);
  });

  test('includes a message that was committed after one with a higher number', () => {
    const late = { ...(messages(1, 89)[0] as Message) };
    const seen = messages(100).filter(({ seq }) => seq !== 89);
    expect(cut(seen, 95).messages.map(({ seq }) => seq)).not.toContain(89);
    expect(cut([...seen.slice(0, 88), late, ...seen.slice(88)], 95).messages.map(({ seq }) => seq)).toContain(
      89,
    );
  });

  test('says that messages were left out when too many were missed', () => {
    expect(cut(messages(201, 1_000), 5)).toEqual({ messages: messages(200, 1_001), more: true });
    expect(cut(messages(200, 1_000), 5)).toEqual({ messages: messages(200, 1_000), more: false });
  });
});

describe('many who enter together', () => {
  const slow = () => {
    const pending: { resolve: (messages: readonly Message[]) => void; reject: (error: Error) => void }[] = [];
    const history = new History(
      () => new Promise<readonly Message[]>((resolve, reject) => pending.push({ resolve, reject })),
    );
    return { pending, history };
  };

  test('share queries, but never one that began before they came', async () => {
    const { pending, history } = slow();
    const first = history.page('lobby');
    const later = Array.from({ length: 1_000 }, () => history.page('lobby'));
    expect(pending).toHaveLength(1);
    pending[0]?.resolve(messages(1));
    expect((await first).messages).toHaveLength(1);
    await turn();
    expect(pending).toHaveLength(2);
    pending[1]?.resolve(messages(2));
    for (const page of await Promise.all(later)) expect(page.messages).toHaveLength(2);
    void history.page('lobby');
    expect(pending).toHaveLength(3);
  });

  test('are not poisoned by one query that failed', async () => {
    const { pending, history } = slow();
    const first = history.page('lobby');
    const second = history.page('lobby');
    pending[0]?.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await turn();
    pending[1]?.resolve(messages(3));
    expect((await second).messages).toHaveLength(3);
  });

  test('wait only for their own room', () => {
    const { pending, history } = slow();
    void history.page('lobby');
    void history.page('ops');
    expect(pending).toHaveLength(2);
  });
});
