import { Roster, type PresenceChange } from '../../../chatroom/presence/roster';

const rosterWithNews = () => {
  const news: string[] = [];
  const roster = new Roster(({ room, name, present }: PresenceChange) =>
    news.push(`${present ? '+' : '-'}${name}@${room}`),
  );
  return { roster, news };
};

test('somebody on two replicas is there once, and gone with the last', () => {
  const { roster, news } = rosterWithNews();
  roster.set('one', ['lobby', 'ann'], true, 0);
  roster.replace('two', 0, [['lobby', 'ann']], 0);
  expect(roster.count('lobby')).toBe(1);
  roster.set('one', ['lobby', 'ann'], false, 0);
  expect(roster.names('lobby', 10)).toEqual(['ann']);
  roster.drop('two');
  expect(roster.count('lobby')).toBe(0);
  expect(roster.rooms()).toEqual([]);
  expect(news).toEqual(['+ann@lobby', '-ann@lobby']);
});

test('a step is taken only if it follows the last; a repeated one is harmless', () => {
  const { roster } = rosterWithNews();
  expect(roster.step('two', 5, [['lobby', 'bob']], [], 0)).toBe(false);
  expect(roster.count('lobby')).toBe(0);
  roster.replace('two', 5, [['lobby', 'bob']], 0);
  expect(roster.step('two', 6, [['lobby', 'carol']], [['lobby', 'bob']], 0)).toBe(true);
  expect(roster.step('two', 6, [['lobby', 'carol']], [['lobby', 'bob']], 0)).toBe(true);
  expect(roster.names('lobby', 10)).toEqual(['carol']);
  expect(roster.step('two', 8, [['lobby', 'dave']], [], 0)).toBe(false);
  expect(roster.heard('two', 6, 0)).toBe(true);
  expect(roster.heard('two', 7, 0)).toBe(false);
});

test('the whole state of a replica announces only the difference', () => {
  const { roster, news } = rosterWithNews();
  roster.replace(
    'two',
    1,
    [
      ['lobby', 'ann'],
      ['lobby', 'bob'],
    ],
    0,
  );
  news.length = 0;
  roster.replace(
    'two',
    9,
    [
      ['lobby', 'bob'],
      ['ops', 'bob'],
    ],
    0,
  );
  expect(news).toEqual(['-ann@lobby', '+bob@ops']);
});

test('a silent replica expires with its people, our own never', () => {
  const { roster, news } = rosterWithNews();
  roster.set('one', ['lobby', 'ann'], true, 0);
  roster.replace('two', 0, [['lobby', 'bob']], 1_000);
  roster.replace('three', 0, [['lobby', 'carol']], 5_000);
  expect(roster.expire(4_000, 'one')).toEqual(['two']);
  expect(roster.names('lobby', 10)).toEqual(['ann', 'carol']);
  expect(news.at(-1)).toBe('-bob@lobby');
});

test('a crowd is counted whole and listed in part', () => {
  const { roster } = rosterWithNews();
  roster.replace(
    'two',
    0,
    Array.from({ length: 500 }, (_, index) => ['lobby', `user ${index}`] as const),
    0,
  );
  expect(roster.count('lobby')).toBe(500);
  expect(roster.names('lobby', 200)).toHaveLength(200);
});
