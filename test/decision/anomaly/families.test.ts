import { familyTrials } from '../../../bench/anomaly/families/trial';

/** What the NAB series chose; docs/benchmarks/anomaly.md names it. */
const threshold = 0.233;

const trials = familyTrials(threshold, 2);

describe('on kinds of series that no parameter was fitted to, at the one threshold for all', () => {
  it.each(trials.map((trial) => [trial.family.name, trial] as const))(
    '%s: most anomalies are flagged, and hardly any healthy record',
    (_, { family, found, series, falseAlarms }) => {
      const shown = found.filter(({ injection }) => !family.hides?.includes(injection.name));
      const caught = shown.reduce((sum, { count }) => sum + count, 0);
      expect(caught).toBeGreaterThanOrEqual(0.7 * shown.length * series);
      expect(falseAlarms).toBeLessThan(15);
    },
  );

  it('flag every dip', () => {
    for (const { family, found, series } of trials) {
      const dips = found.find(({ injection }) => injection.name === 'dip')!.count;
      expect(`${family.name}: ${dips}`).toBe(`${family.name}: ${series}`);
    }
  });
});
