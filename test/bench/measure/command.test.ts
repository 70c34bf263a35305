import { commandOf } from '../../../bench/measure/command';

test('figures that were taken with arguments are published with them', () => {
  expect(commandOf('kettle', [])).toBe('npm run bench:kettle');
  expect(commandOf('kettle', ['--litres', '2'])).toBe('npm run bench:kettle -- --litres 2');
});
