import { carriesToken } from '../../../chatroom/alerts/bearer';

test('only the whole token opens', () => {
  expect(carriesToken('Bearer secret', 'secret')).toBe(true);
  expect(carriesToken('bearer  secret', 'secret')).toBe(true);
  for (const wrong of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'secret',
    'Bearer secre',
    'Bearer secret2',
    'Basic secret',
  ]) {
    expect(carriesToken(wrong, 'secret')).toBe(false);
  }
});
