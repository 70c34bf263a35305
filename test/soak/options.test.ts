import { judgedAfterMs, settlesMs } from '../../soak/account/processes';
import { soakOptions, type SoakOptions } from '../../soak/options';

const options = (...args: readonly string[]) => soakOptions(args, { root: true, mounts: true }, 42);

test('without arguments it breaks everything for twelve minutes, with the time as the seed', () => {
  expect(options()).toMatchObject({ forMs: 720_000, factor: 30, users: 12, seed: 42 });
});

test('the run that is made without arguments is long enough to tell a leak', () => {
  const { forMs } = options() as SoakOptions;
  expect(forMs).toBeGreaterThan(settlesMs + judgedAfterMs);
});

test('hours, a seed and chosen faults are taken over', () => {
  const chosen = options('--for', '2h', '--seed', '7', '--faults', 'redis,postgres', '--json', 'out.json');
  expect(chosen).toMatchObject({ forMs: 7_200_000, seed: 7, json: 'out.json' });
  expect(chosen === 'help' ? [] : chosen.faults.map(({ name }) => name)).toEqual(['postgres', 'redis']);
});

test('faults of which a soak cannot give an account are left out, and refused when they are asked for', () => {
  const all = options();
  const names: readonly string[] = all === 'help' ? [] : all.faults.map(({ name }) => name);
  expect(names).not.toContain('silence');
  expect(names).not.toContain('mail-password');
  expect(() => options('--faults', 'silence')).toThrow('--faults silence shows only while nobody talks');
  expect(() => options('--faults', 'mail-password')).toThrow(
    '--faults mail-password keeps back what is due by email',
  );
  expect(() => options('--faults', 'alertmanager')).toThrow('--faults alertmanager keeps everything back');
});

test('faults that need root are left out without it, and refused when they are asked for', () => {
  const nobody = { root: false, mounts: false };
  const all = soakOptions([], nobody, 0);
  expect(all === 'help' ? [] : all.faults.map(({ name }) => name)).not.toContain('disk');
  expect(() => soakOptions(['--faults', 'disk'], nobody, 0)).toThrow('--faults disk needs root');
});

test.each([
  [['--for', 'ever'], '--for ever is not a duration; write a whole number and a unit, such as 90s or 2h'],
  [['--seed', '-1'], "Option '--seed' argument is ambiguous"],
  [['--users', '0'], '--users 0 cannot be; give a whole number from 1 to 200'],
  [['--faults', 'gremlins'], '--faults gremlins is unknown; choose among postgres,'],
  [['--fur', '1h'], "Unknown option '--fur'"],
])('%j is refused with the remedy', (args, message) => {
  expect(() => options(...args)).toThrow(message);
});
