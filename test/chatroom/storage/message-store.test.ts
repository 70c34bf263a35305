import { DatabaseError } from 'pg';
import { setImmediate as turn } from 'node:timers/promises';
import { MessageStore, type Draft, type Stored } from '../../../chatroom/storage/message-store';
import type { Postgres } from '../../../chatroom/storage/postgres';
import { StorageOverloaded, StorageUnavailable } from '../../../chatroom/storage/unavailable';

interface DraftRow extends Draft {
  readonly ord: number;
}

/** Stores like PostgreSQL does, once it is told to go on. */
class FakePostgres {
  readonly groups: string[][] = [];
  readonly table = new Map<string, { seq: string; text: string; at: Date }>();
  problem: ((drafts: readonly DraftRow[]) => Error | undefined) | undefined;
  #waiting: (() => void)[] = [];

  async query(_name: string, _text: string, values: readonly unknown[]): Promise<unknown[]> {
    const drafts = JSON.parse(values[0] as string) as DraftRow[];
    this.groups.push(drafts.map(({ id }) => id));
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const problem = this.problem?.(drafts);
    if (problem) throw problem;
    const before = new Set(this.table.keys());
    return drafts.map(({ ord, room, author, id, text }) => {
      const key = `${room} ${author} ${id}`;
      if (!this.table.has(key)) {
        this.table.set(key, { seq: `${this.table.size + 1}`, text, at: new Date(0) });
      }
      return { ord, fresh: !before.has(key), ...this.table.get(key) };
    });
  }

  async answer(): Promise<void> {
    await turn();
    this.#waiting.shift()?.();
    await turn();
  }
}

const draft = (id: string, text = 'hello'): Draft => ({
  room: 'lobby',
  author: 'ann',
  kind: 'user',
  id,
  text,
});

const storeOn = (props: { maxWaiting?: number; maxBatch?: number } = {}) => {
  const postgres = new FakePostgres();
  const committed: Stored[][] = [];
  const uncertain = jest.fn();
  const store = new MessageStore({
    postgres: postgres as unknown as Postgres,
    committed: (stored) => committed.push([...stored]),
    uncertain,
    ...props,
  });
  return { postgres, store, committed, uncertain };
};

test('messages of one moment share an insert, and those that come meanwhile share the next', async () => {
  const { postgres, store, committed } = storeOn();
  const first = [store.add(draft('a')), store.add(draft('b'))];
  await turn();
  const second = [store.add(draft('c')), store.add(draft('d'))];
  await postgres.answer();
  await postgres.answer();
  await Promise.all([...first, ...second]);
  expect(postgres.groups).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(committed.map((group) => group.map(({ message }) => message.id))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('nobody is told before the insert is answered', async () => {
  const { postgres, store, committed } = storeOn();
  let told = false;
  const waiting = store.add(draft('a')).then(() => (told = true));
  await turn();
  await turn();
  expect([told, committed.length]).toEqual([false, 0]);
  await postgres.answer();
  await waiting;
  expect(committed).toHaveLength(1);
});

test('the same id twice in one group is one message', async () => {
  const { postgres, store } = storeOn();
  const both = [store.add(draft('a', 'first')), store.add(draft('a', 'second'))];
  await postgres.answer();
  const [one, other] = await Promise.all(both);
  expect(one?.message).toEqual(other?.message);
  expect(one?.message.text).toBe('first');
});

test('an outage fails those who wait, is reported as uncertain, and the next message is tried anew', async () => {
  const { postgres, store, uncertain } = storeOn();
  postgres.problem = () => new StorageUnavailable('gone');
  const lost = store.add(draft('a'));
  const outcome = expect(lost).rejects.toThrow(StorageUnavailable);
  await postgres.answer();
  await outcome;
  expect(uncertain).toHaveBeenCalledTimes(1);
  postgres.problem = undefined;
  const retried = store.add(draft('a'));
  await postgres.answer();
  expect((await retried).fresh).toBe(true);
});

test('a message that PostgreSQL cannot hold does not take its neighbours with it', async () => {
  const { postgres, store, uncertain } = storeOn();
  const refusal = new DatabaseError('invalid input', 1, 'error');
  refusal.code = '22021';
  postgres.problem = (drafts) => (drafts.some(({ id }) => id === 'bad') ? refusal : undefined);
  const results = Promise.allSettled(['a', 'bad', 'c'].map((id) => store.add(draft(id))));
  for (let count = 0; count < 4; count += 1) await postgres.answer();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(uncertain).not.toHaveBeenCalled();
});

test('the queue is bounded, and groups are', async () => {
  const { postgres, store } = storeOn({ maxWaiting: 5, maxBatch: 2 });
  const taken = ['a', 'b', 'c', 'd', 'e'].map((id) => store.add(draft(id)));
  await expect(store.add(draft('f'))).rejects.toThrow(StorageOverloaded);
  for (let count = 0; count < 3; count += 1) await postgres.answer();
  await Promise.all(taken);
  expect(postgres.groups).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('closing waits for everything that was taken', async () => {
  const { postgres, store, committed } = storeOn({ maxBatch: 1 });
  void store.add(draft('a'));
  void store.add(draft('b'));
  const closed = store.close().then(() => committed.length);
  await postgres.answer();
  await postgres.answer();
  expect(await closed).toBe(2);
});

test('closing while PostgreSQL is away refuses all who wait with the first, instead of trying for each', async () => {
  const { postgres, store } = storeOn({ maxBatch: 1 });
  postgres.problem = () => new StorageUnavailable('gone');
  const results = Promise.allSettled(['a', 'b', 'c'].map((id) => store.add(draft(id))));
  const closed = store.close();
  await postgres.answer();
  await closed;
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(postgres.groups).toEqual([['a']]);
});
