import { faults } from '../../../bench/anomaly/faults/fault';
import { faultySeries, healthySeries } from '../../../bench/anomaly/faults/generate';
import { loadShapes } from '../../../bench/anomaly/faults/load';
import { faultTrials, healthyTrials } from '../../../bench/anomaly/faults/trial';

const seeds = [11, 12];

describe('generated faults', () => {
  const trials = faultTrials(seeds);

  it.each(trials.filter(({ fault }) => fault.silence).map((trial) => [trial.fault.name, trial] as const))(
    '%s is found in every case, within two intervals',
    (_, { injected, delays }) => {
      expect(injected).toBeGreaterThan(0);
      expect(delays).toHaveLength(injected);
      expect(delays.at(-1)).toBeLessThanOrEqual(2);
    },
  );

  it.each(trials.map((trial) => [trial.fault.name, trial] as const))(
    '%s is found in most cases',
    (_, trial) => {
      expect(trial.delays.length).toBeGreaterThanOrEqual(Math.ceil(trial.injected / 2));
    },
  );
});

describe('a healthy series', () => {
  it.each(healthyTrials(seeds, 60).map((trial) => [trial.shape.name, trial] as const))(
    'of %s raises at most one false alarm a month',
    (_, { seriesDays, most }) => {
      expect(most / (seriesDays / seeds.length)).toBeLessThanOrEqual(1 / 30);
    },
  );

  it.each([1 / 7, 1])('holds a setting of %f a day, too', (falseAlarmsPerDay) => {
    for (const { shape, most } of healthyTrials([13], 30, { falseAlarmsPerDay })) {
      expect(`${shape.name}: ${most <= 30 * falseAlarmsPerDay ? 'held' : most}`).toBe(`${shape.name}: held`);
    }
  });
});

describe('the generator', () => {
  const span = { days: 2, intervalSeconds: 300, seed: 3 };

  it('makes the same series from the same seed, and another from another', () => {
    const [shape] = loadShapes;
    expect(healthySeries(shape!, span)).toEqual(healthySeries(shape!, span));
    expect(healthySeries(shape!, span).values).not.toEqual(
      healthySeries(shape!, { ...span, seed: 4 }).values,
    );
  });

  it.each(faults.map((fault) => [fault.name, fault] as const))(
    '%s changes just the samples it labels',
    (_, fault) => {
      const shape = loadShapes[0]!;
      const healthy = healthySeries(shape, span).values;
      const { values, faulty } = faultySeries(shape, fault, { ...span, from: 1 });
      const changed = values.flatMap((value, index) => (Object.is(value, healthy[index]) ? [] : [index]));
      expect(changed.length).toBeGreaterThan(0);
      expect(changed[0]).toBeGreaterThanOrEqual(faulty![0]);
      expect(changed.at(-1)).toBeLessThanOrEqual(faulty![1]);
    },
  );
});
