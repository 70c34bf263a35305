import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { benches, plan, scriptOf } from '../../bench/plan';

const scriptsOf = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`bench:${name}`, 'node']));

test('all benches run in their order, whatever the order of the scripts', () => {
  expect(plan([], scriptsOf('prometheus', 'chatroom'))).toEqual({
    run: ['chatroom', 'prometheus'],
    missing: ['notification', 'anomaly', 'synth'],
  });
});

test('only the chosen benches run', () => {
  expect(plan(['prometheus'], scriptsOf(...benches))).toEqual({ run: ['prometheus'], missing: [] });
});

test('an unknown name is refused with those there are', () => {
  expect(() => plan(['speed'], scriptsOf(...benches))).toThrow(
    'there is no bench "speed"; choose among chatroom, notification, prometheus, anomaly, synth',
  );
});

test('running nothing is an error, because no figures look like good figures', () => {
  expect(() => plan([], {})).toThrow('no bench to run');
});

test('the index of docs links the page of every bench that has one', () => {
  const index = readFileSync(join(__dirname, '../../docs/benchmarks.md'), 'utf8');
  for (const name of benches) expect(index).toContain(`\`npm run ${scriptOf(name)}\``);
});
