import { requireDescriptors } from '../../../bench/measure/descriptors';

const limits = (hard: string): string =>
  [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             96437                96437                processes ',
    `Max open files            1024                 ${hard.padEnd(20)} files     `,
  ].join('\n');

test('a limit that is too low is refused with the command that raises it', () => {
  expect(() => requireDescriptors(5_000, limits('4096'))).toThrow(
    '5000 connections need 5200 open files and this shell allows 4096; raise it with "ulimit -Hn 5200" as root, or ask for fewer with --connections',
  );
});

test.each(['5200', 'unlimited'])('a hard limit of %s is enough for 5,000 connections', (hard) => {
  expect(() => requireDescriptors(5_000, limits(hard))).not.toThrow();
});

test('the limits of this very process can be read', () => {
  expect(() => requireDescriptors(1)).not.toThrow();
});

test('limits that cannot be read are not taken for enough', () => {
  expect(() => requireDescriptors(1, 'nonsense')).toThrow('open files');
});
