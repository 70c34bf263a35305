import { gradual } from '../../../local/faults';
import type { Fault } from '../../../local/faults/fault';
import { obstacle, ownRights } from '../../../local/faults/obstacle';
import { addressee, ensemble, type Ensemble } from '../harness/ensemble';
import { runningStack } from '../harness/running-stack';
import { together } from './together';
import { withoutBudgets } from './without-budgets';

/** Several things break at a time, with time divided by 20: everybody hears of each that concerns them, and of nothing else. */
const running = runningStack({ factor: 20, retuned: withoutBudgets });
const rights = ownRights();

describe.each(Object.entries(together))('%s', (_what, names) => {
  const all: readonly Fault[] = gradual.filter(({ name }) => (names as readonly string[]).includes(name));
  const faults = all.filter((fault) => obstacle(fault, rights) === undefined);
  const impossible = all.filter((fault) => !faults.includes(fault));
  for (const fault of impossible) {
    test.skip(`${fault.name} is left out: it ${obstacle(fault, rights) ?? ''}`, () => undefined);
  }
  let happened: Ensemble;

  beforeAll(async () => {
    happened = await ensemble(running(), faults);
  }, 420_000);

  test(`${faults.map(({ name }) => name).join(', ')}: each fires what it must, and nothing else fires`, () => {
    const { fired, expected } = happened;
    const due: readonly string[] = faults.flatMap(({ alerts }) => alerts);
    const mutes: readonly string[] = expected.flatMap((each) => each.mutes);
    expect(fired).toEqual(expect.arrayContaining([...due]));
    expect(fired.filter((name) => !due.includes(name) && !mutes.includes(name))).toEqual([]);
  });

  test('nobody is told of what does not concern them', () => {
    const { expected, notices } = happened;
    const concerns = (alert: string, to: string): boolean =>
      expected.some((each) => each.alert === alert && each.deliveries.some((one) => addressee(one) === to));
    const strange = notices.flatMap(({ to, firing }) =>
      firing.filter((alert) => !concerns(alert, to)).map((alert) => `${alert} to ${to}`),
    );
    expect(strange).toEqual([]);
    expect(notices.length).toBeGreaterThan(0);
  });

  test('in #ops nothing is over that never fired there', () => {
    const ops = happened.notices.filter(({ to }) => to === 'webhook #ops');
    const fired = new Set(ops.flatMap(({ firing }) => firing));
    expect(ops.flatMap(({ resolved }) => resolved).filter((alert) => !fired.has(alert))).toEqual([]);
  });
});

test('every fault that takes a while is among them', () => {
  const named: readonly string[] = Object.values(together).flat();
  expect([...named].sort()).toEqual(gradual.map(({ name }) => name).sort());
});

test('no component ended by itself', () => {
  expect(running().unexpectedExits).toEqual([]);
});
