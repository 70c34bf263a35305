import { messageText, roomName, userName } from '../../../chatroom/protocol/names';

test.each(['ann', '鲍勃', 'José', 'Ann B. (ops)', '👩 dev', 'O’Neill'])('"%s" is a name', (name) => {
  expect(userName.safeParse(name).success).toBe(true);
});

test.each(['', '   ', 'x'.repeat(33), 'a\nb', 'a\u202eb', 'a\u200bb', 'a\u0000b', '\ufeffann'])(
  '%j is no name',
  (name) => {
    // A mark at the very edge is cut off like a space; anywhere else it is refused.
    const parsed = userName.safeParse(name);
    expect(parsed.success && parsed.data !== 'ann').toBe(false);
  },
);

test.each([
  'alertmanager',
  'AlertManager',
  ' alertmanager ',
  'alert-manager',
  'a l e r t m a n a g e r',
  'ａｌｅｒｔｍａｎａｇｅｒ',
  'аlеrtmаnаgеr',
  'älertmanager',
  'alertmanager!',
  '🤖alertmanager',
  'a1ertmanager',
  'System',
  '4lertmanager'.replace('4', '@'),
])('nobody may be called "%s"', (name) => {
  const parsed = userName.safeParse(name);
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.message).toContain('reserved');
});

test('names that only begin like a reserved one are free', () => {
  expect(userName.safeParse('alertmanager fan').success).toBe(true);
  expect(userName.safeParse('Botond').success).toBe(true);
});

test('one room has one name, however it is typed', () => {
  expect(['Ops', 'ＯＰＳ', 'ops'].map((name) => roomName.parse(name))).toEqual(['ops', 'ops', 'ops']);
});

test.each(['', '-ops', 'two words', '#ops', 'a/b', 'x'.repeat(41), '..'])('"%s" is no room', (name) => {
  expect(roomName.safeParse(name).success).toBe(false);
});

test('a text may have lines and tabs, but nothing that PostgreSQL or a terminal would choke on', () => {
  expect(messageText.safeParse('one\n\ttwo').success).toBe(true);
  expect(messageText.safeParse('nul\u0000').success).toBe(false);
  expect(messageText.safeParse('\u001b[31mred').success).toBe(false);
  expect(messageText.safeParse(' \n ').success).toBe(false);
  expect(messageText.parse('half a pair \ud83d')).toBe('half a pair \ufffd');
});
