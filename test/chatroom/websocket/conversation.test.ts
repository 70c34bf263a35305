import { pino } from 'pino';
import type { ServerFrame } from '../../../chatroom/protocol/frames';
import { History } from '../../../chatroom/rooms/history';
import { Hub } from '../../../chatroom/rooms/hub';
import { Roster } from '../../../chatroom/presence/roster';
import { StorageOverloaded, StorageUnavailable } from '../../../chatroom/storage/unavailable';
import type { MessageStore } from '../../../chatroom/storage/message-store';
import type { Connection, Visit } from '../../../chatroom/websocket/connection';
import { Conversation } from '../../../chatroom/websocket/conversation';

/** A client that keeps what it is told. */
class FakeConnection {
  readonly rooms = new Map<string, Visit>();
  readonly told: string[] = [];
  name = 'ann';
  ended = undefined;
  mayProceed = () => true;
  tell = (frame: ServerFrame) => this.told.push(frame.type);
  refuse = (code: string) => this.told.push(code);
  send = (): void => undefined;
}

/** A conversation whose queries of history are answered one by one, as the test says. */
function converse(add: MessageStore['add'] = () => Promise.reject(new Error('nothing is stored here'))) {
  const refused: string[] = [];
  const queries: { answer: () => void; fail: () => void }[] = [];
  const hub = new Hub(() => undefined);
  const conversation = new Conversation({
    replica: 'test',
    heartbeatSeconds: 30,
    maxFrameBytes: 65_536,
    framesPerSecond: 10,
    frameBurst: 40,
    hub,
    roster: new Roster(() => undefined),
    history: new History(
      () =>
        new Promise((resolve, reject) =>
          queries.push({ answer: () => resolve([]), fail: () => reject(new StorageUnavailable('gone')) }),
        ),
    ),
    store: { add } as unknown as MessageStore,
    log: pino({ level: 'silent' }),
    countException: () => undefined,
    countMessage: () => undefined,
    countRefusal: (reason) => refused.push(reason),
    introduced: () => undefined,
  });
  const ann = new FakeConnection();
  const say = (frame: object) =>
    conversation.take(ann as unknown as Connection, JSON.stringify({ room: 'lobby', ...frame }));
  return { ann, say, queries, refused, hears: () => hub.broadcast('lobby', 'news') === 1 };
}

test('who could not enter is not there', async () => {
  const { ann, say, queries, hears } = converse();
  const asked = say({ type: 'join' });
  expect(hears()).toBe(true); // nothing that is said meanwhile may be missed
  queries[0]?.fail();
  await asked;
  expect(ann.told).toEqual(['unavailable']);
  expect(hears()).toBe(false);
});

test('who asked twice and was let in once is there, whichever of them failed', async () => {
  const { ann, say, queries, hears } = converse();
  const first = say({ type: 'join' });
  const second = say({ type: 'join' });
  queries[0]?.fail();
  await first;
  await new Promise(setImmediate);
  queries[1]?.answer();
  await second;
  expect(ann.told).toEqual(['unavailable', 'joined']);
  expect(hears()).toBe(true);
});

test('who left and came back is there, though the first time failed in the end', async () => {
  const { ann, say, queries, hears } = converse();
  const first = say({ type: 'join' });
  await say({ type: 'leave' });
  expect(hears()).toBe(false);
  const second = say({ type: 'join' });
  queries[0]?.fail();
  await first;
  await new Promise(setImmediate);
  queries[1]?.answer();
  await second;
  expect(ann.told).toEqual(['left', 'unavailable', 'joined']);
  expect(hears()).toBe(true);
});

describe('a message that is refused is counted once, by the reason that its sender is told', () => {
  const message = { type: 'send', id: 'id-1', text: 'hello' };
  const inRoom = async (add?: MessageStore['add']) => {
    const conversation = converse(add);
    const asked = conversation.say({ type: 'join' });
    conversation.queries[0]?.answer();
    await asked;
    return conversation;
  };

  test.each([
    ['unavailable', new StorageUnavailable('gone')],
    ['overloaded', new StorageOverloaded('too much')],
    ['internal', new TypeError('a defect')],
  ])('%s, which is a fault of the service', async (reason, error) => {
    const { ann, say, refused } = await inRoom(() => Promise.reject(error));
    await say(message);
    await say(message);
    expect(ann.told).toEqual(['joined', reason, reason]);
    expect(refused).toEqual([reason, reason]);
  });

  test('not_joined, hello_required and rate_limited, which are mistakes of the sender', async () => {
    const { ann, say, refused } = converse();
    await say(message);
    ann.name = '';
    await say(message);
    ann.mayProceed = () => false;
    await say(message);
    expect(ann.told).toEqual(['not_joined', 'hello_required', 'rate_limited']);
    expect(refused).toEqual(ann.told);
  });

  test('nothing else that is refused is a message', async () => {
    const { ann, say, queries, refused } = converse();
    const asked = say({ type: 'join' });
    queries[0]?.fail();
    await asked;
    ann.mayProceed = () => false;
    await say({ type: 'ping' });
    await say({ type: 'send', text: 'without an id' });
    expect(ann.told).toEqual(['unavailable', 'rate_limited', 'rate_limited']);
    expect(refused).toEqual([]);
  });
});
