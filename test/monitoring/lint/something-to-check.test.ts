import { somethingToCheck } from '../../../monitoring/lint/something-to-check';
import { said } from './planted';

test('a catalogue that lost its recordings is a problem, one that has everything is not', () => {
  expect(said(somethingToCheck, { recordings: [] })).toEqual([
    'recordings: the catalogue holds no recordings at all; a list has come loose in monitoring/',
  ]);
  expect(said(somethingToCheck, {})).toEqual([]);
});
