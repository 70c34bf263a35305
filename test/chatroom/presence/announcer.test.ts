import { Announcer } from '../../../chatroom/presence/announcer';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const announcerOf = (count: number) => {
  const frames: unknown[] = [];
  const announcer = new Announcer({
    count: () => count,
    broadcast: (_room, frame) => frames.push(JSON.parse(frame)),
  });
  return { announcer, frames };
};

test('changes of one moment are told in one frame, the last of each person only', () => {
  const { announcer, frames } = announcerOf(3);
  announcer.note({ room: 'lobby', name: 'ann', present: true });
  announcer.note({ room: 'lobby', name: 'bob', present: false });
  announcer.note({ room: 'lobby', name: 'bob', present: true });
  announcer.note({ room: 'lobby', name: 'carol', present: false });
  expect(frames).toEqual([]);
  jest.advanceTimersByTime(250);
  expect(frames).toEqual([
    { type: 'presence', room: 'lobby', joined: ['ann', 'bob'], left: ['carol'], memberCount: 3 },
  ]);
});

test('a thousand who enter a crowd together cost one frame that lists some of them', () => {
  const { announcer, frames } = announcerOf(2_000);
  for (let index = 0; index < 1_000; index += 1)
    announcer.note({ room: 'lobby', name: `u${index}`, present: true });
  jest.advanceTimersByTime(900);
  expect(frames).toEqual([]);
  jest.advanceTimersByTime(100);
  expect(frames).toHaveLength(1);
  expect(frames[0]).toMatchObject({ memberCount: 2_000 });
  expect((frames[0] as { joined: string[] }).joined).toHaveLength(200);
});
