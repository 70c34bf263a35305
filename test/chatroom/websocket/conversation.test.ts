import { pino } from 'pino';
import type { ServerFrame } from '../../../chatroom/protocol/frames';
import { History } from '../../../chatroom/rooms/history';
import { Hub } from '../../../chatroom/rooms/hub';
import { Roster } from '../../../chatroom/presence/roster';
import { StorageUnavailable } from '../../../chatroom/storage/unavailable';
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
function converse() {
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
    store: undefined as unknown as MessageStore,
    log: pino({ level: 'silent' }),
    countException: () => undefined,
    countMessage: () => undefined,
    introduced: () => undefined,
  });
  const ann = new FakeConnection();
  const say = (frame: object) =>
    conversation.take(ann as unknown as Connection, JSON.stringify({ room: 'lobby', ...frame }));
  return { ann, say, queries, hears: () => hub.broadcast('lobby', 'news') === 1 };
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
