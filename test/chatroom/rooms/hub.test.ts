import { textFrame } from '../../../chatroom/protocol/text-frame';
import { Hub, type Member } from '../../../chatroom/rooms/hub';

class FakeMember implements Member {
  readonly frames: Buffer[] = [];
  constructor(readonly name: string) {}
  send(frame: Buffer): void {
    this.frames.push(frame);
  }
}

test('a broadcast is encoded once and reaches exactly those in the room', () => {
  const hub = new Hub(() => undefined);
  const [ann, bob, carol] = ['ann', 'bob', 'carol'].map((name) => new FakeMember(name)) as [
    FakeMember,
    FakeMember,
    FakeMember,
  ];
  hub.enter('lobby', ann);
  hub.enter('lobby', bob);
  hub.enter('ops', carol);
  hub.broadcast('lobby', 'hello');
  hub.broadcast('nowhere', 'hello');
  expect(ann.frames).toEqual([textFrame('hello')]);
  expect(bob.frames[0]).toBe(ann.frames[0]);
  expect(carol.frames).toEqual([]);
});

test('presence changes with the first and the last connection of a name, and empty rooms are forgotten', () => {
  const news: string[] = [];
  const hub = new Hub(([room, name], present) => news.push(`${present ? '+' : '-'}${name}@${room}`));
  const first = new FakeMember('ann');
  const second = new FakeMember('ann');
  hub.enter('lobby', first);
  hub.enter('lobby', first);
  hub.enter('lobby', second);
  hub.leave('lobby', first);
  hub.leave('lobby', first);
  expect(news).toEqual(['+ann@lobby']);
  hub.leave('lobby', second);
  expect(news).toEqual(['+ann@lobby', '-ann@lobby']);
  expect(hub.rooms()).toEqual([]);
});
