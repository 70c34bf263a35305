import { familyTrials } from '../../../bench/anomaly/families/trial';

/** What the NAB series chose; docs/benchmarks/anomaly.md names it. */
const threshold = 0.233;

const trials = familyTrials(threshold, 2);

describe('on kinds of series that the engine was not tuned on, at the one threshold for all', () => {
  it.each(trials.map((trial) => [trial.family.name, trial] as const))(
    '%s: most anomalies are flagged, and hardly any healthy record',
    (_, { found, series, falseAlarms }) => {
      const caught = found.reduce((sum, { count }) => sum + count, 0);
      expect(caught).toBeGreaterThanOrEqual(0.7 * found.length * series);
      expect(falseAlarms).toBeLessThan(25);
    },
  );

  it('flag every dip', () => {
    for (const { family, found, series } of trials) {
      const dips = found.find(({ injection }) => injection.name === 'dip')!.count;
      expect(`${family.name}: ${dips}`).toBe(`${family.name}: ${series}`);
    }
  });
});
