import { checkout } from '../../local/site';
import { help, startOptions, UsageError, type StartOptions } from '../../local/start-options';
import { faults } from '../../local/faults';

const options = (...args: readonly string[]): StartOptions => {
  const read = startOptions(args);
  if (read === 'help') throw new Error('asked for help');
  return read;
};

test('without arguments it runs until it is stopped, in one ignored folder, with nobody and nothing broken', () => {
  expect(options()).toMatchObject({ users: 0, factor: 1, data: `${checkout}/.data` });
  expect(options()).not.toHaveProperty('fault');
  expect(options()).not.toHaveProperty('forMilliseconds');
});

test('a fault that nobody would notice brings its own users', () => {
  expect(options('--break', 'errors').users).toBeGreaterThan(0);
  expect(options('--break', 'errors', '--load', '300').users).toBe(300);
  expect(options('--break', 'redis').users).toBe(0);
});

test('times are durations, and ports are consecutive except those that are chosen', () => {
  const read = options('--for', '5m', '--port-base', '20000', '--port', 'redis=6380', '--port', 'mail=8025');
  expect(read.forMilliseconds).toBe(300_000);
  expect(read.ports).toMatchObject({ chatroom: 20_000, 'chat-1': 20_001, redis: 6_380, mail: 8_025 });
});

test.each([
  [['--break', 'everything'], /--break everything is unknown; choose one of postgres, redis, nginx/],
  [['--load', 'many'], /--load many cannot be; give a whole number from 0 to 2000/],
  [['--compress', '0'], /--compress 0 cannot be/],
  [['--for', '5'], /--for 5 is not a duration.*90s or 5m/],
  [['--heal-after', '5m'], /--heal-after has nothing to heal/],
  [['--break', 'silence', '--load', '5'], /--break silence shows only while nobody talks; leave --load out/],
  [['--port', 'kafka=1'], /--port kafka=1 names no port; write NAME=NUMBER with one of chatroom/],
  [['--port', 'redis=0'], /--port redis= 0 cannot be/],
  [['--port-base', '65535'], /--port-base 65535 cannot be/],
  [['--colour'], /--colour.*--help/],
  [['stray'], /stray.*--help/],
])('%j is refused in one line', (args, expected) => {
  expect(() => startOptions(args)).toThrow(UsageError);
  expect(() => startOptions(args)).toThrow(expected);
  expect(() => startOptions(args)).not.toThrow(/\n/);
});

test('the help names every fault and fits a terminal', () => {
  expect(startOptions(['--help'])).toBe('help');
  const words = help.replaceAll(/\s+/g, ' ');
  for (const { name, does } of faults) expect(words).toContain(` ${name} ${does} `);
  expect(help.split('\n').filter((line) => line.length > 110)).toEqual([]);
});
