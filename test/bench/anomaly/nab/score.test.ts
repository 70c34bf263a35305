import { profiles } from '../../../../bench/anomaly/nab/profile';
import { rawScore } from '../../../../bench/anomaly/nab/score';
import { readNab } from '../../../../bench/anomaly/nab/series';
import { bestThreshold, finalAt } from '../../../../bench/anomaly/nab/threshold';
import { finalScore } from '../../../../bench/anomaly/nab/score';
import { describeOverNab } from './describe-over-nab';

const speed7578 = {
  length: 1127,
  probation: 169,
  windows: [
    [303, 331],
    [740, 768],
    [909, 937],
    [945, 973],
  ] as [number, number][],
};

describe('the raw NAB score of realTraffic/speed_7578 (check values published with the data)', () => {
  it.each([
    ['none', [], -4, -4, -8],
    ['one in probation', [100], -4, -4, -8],
    ['one before every window', [200], -4.11, -4.22, -8.11],
    ['the first record of a window', [303], -2, -2, -5],
    ['the middle of a window', [317], -2.128396, -2.128396, -5.128396],
    ['the last record of a window', [331], -2.912839, -2.912839, -5.912839],
    ['one just after a window', [332], -4.009795, -4.019591, -8.009795],
    ['one a little after a window', [345], -4.093311, -4.186622, -8.093311],
    ['one well after a window', [360], -4.108767, -4.217534, -8.108767],
    ['several', [303, 332, 345, 740, 909, 945, 974], 3.887098, 3.774196, 3.887098],
  ])('with alarms at %s', (_, alarms, ...expected) => {
    profiles.forEach((profile, index) => {
      expect(rawScore(speed7578, alarms, profile)).toBeCloseTo(expected[index]!, 6);
    });
  });

  it('counts a record once, however often it is named', () => {
    expect(rawScore(speed7578, [200, 200], profiles[0]!)).toBeCloseTo(-4.11, 9);
  });

  it('refuses an alarm outside of the series', () => {
    expect(() => rawScore(speed7578, [1127], profiles[0]!)).toThrow('record 1127');
  });
});

it('has 0 for silence and 100 for flagging just the first record of every window', () => {
  for (const profile of profiles) {
    expect(finalScore(rawScore(speed7578, [], profile), 4, profile)).toBeCloseTo(0, 9);
    const perfect = speed7578.windows.map(([first]) => first);
    expect(finalScore(rawScore(speed7578, perfect, profile), 4, profile)).toBeCloseTo(100, 9);
  }
});

describeOverNab('the score over all developer series', () => {
  const all = readNabOnce();

  it('reads 105,117 records and 51 windows', () => {
    const series = all();
    expect(series).toHaveLength(32);
    expect(series.reduce((sum, one) => sum + one.values.length, 0)).toBe(105117);
    expect(series.reduce((sum, one) => sum + one.windows.length, 0)).toBe(51);
    expect(series.find(({ name }) => name.endsWith('speed_7578.csv'))).toMatchObject({
      probation: speed7578.probation,
      windows: speed7578.windows,
    });
  });

  it.each([0, 1])('gives a constant score of %d nothing at its best threshold', (constant) => {
    const scored = all().map((series) => ({ series, scores: series.values.map(() => constant) }));
    for (const profile of profiles) {
      const { value } = bestThreshold(scored, profile);
      expect(value).toBe(Infinity);
      expect(finalAt(scored, value, profile)).toBeCloseTo(0, 9);
    }
  });

  it('makes flagging everything as dear as published', () => {
    const scored = all().map((series) => ({ series, scores: series.values.map(() => 1) }));
    const finals = profiles.map((profile) => finalAt(scored, 0.5, profile).toFixed(2));
    expect(finals).toEqual(['-8441.57', '-16983.14', '-5594.38']);
  });

  it('gives the published rolling z-score its published scores and thresholds', () => {
    const scored = all().map((series) => ({ series, scores: rollingZ(series.values) }));
    const found = profiles.map((profile) => {
      const { value } = bestThreshold(scored, profile);
      return [finalAt(scored, value, profile).toFixed(2), value];
    });
    expect(found).toEqual([
      ['47.10', 0.636261],
      ['35.06', 0.710323],
      ['56.12', 0.600168],
    ]);
  });
});

function readNabOnce() {
  let series: ReturnType<typeof readNab> | undefined;
  return () => (series ??= readNab());
}

/** As the data's README defines it, to the letter. */
function rollingZ(values: readonly number[]): number[] {
  return values.map((value, index) => {
    if (index < 20) return 0;
    const before = values.slice(Math.max(0, index - 200), index);
    const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
    const sd = Math.sqrt(before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / before.length);
    const z = Math.abs(value - mean) / Math.max(sd, 1e-6 * (1 + Math.abs(mean)));
    return Number((z / (z + 3)).toFixed(6));
  });
}
