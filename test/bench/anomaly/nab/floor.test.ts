import { engine, scoresOf } from '../../../../bench/anomaly/detector';
import { profiles } from '../../../../bench/anomaly/nab/profile';
import { finalScore } from '../../../../bench/anomaly/nab/score';
import { readNab } from '../../../../bench/anomaly/nab/series';
import { bestThreshold, leaveOneFolderOut, windowsIn } from '../../../../bench/anomaly/nab/threshold';
import { describeOverNab } from './describe-over-nab';

/** What the engine is held to; docs/benchmarks/anomaly.md says what it reaches. */
const floors = { standard: 80, reward_low_FP_rate: 77, reward_low_FN_rate: 84 };

describeOverNab('the engine over all developer series', () => {
  let scored: { series: ReturnType<typeof readNab>[number]; scores: number[] }[];

  beforeAll(() => {
    scored = readNab().map((series) => ({ series, scores: scoresOf(engine('this engine'), series) }));
  }, 120_000);

  it('gives every record a score in [0, 1]', () => {
    const scores = scored.flatMap((one) => one.scores);
    expect(scores).toHaveLength(105117);
    expect(scores.filter((score) => !(score >= 0 && score <= 1))).toEqual([]);
  });

  it.each(profiles.map((profile) => [profile.name, profile] as const))(
    'keeps what is promised under %s, also on a folder that had no say in the threshold',
    (name, profile) => {
      const plain = finalScore(bestThreshold(scored, profile).raw, windowsIn(scored), profile);
      expect(plain).toBeGreaterThanOrEqual(floors[name]);
      expect(leaveOneFolderOut(scored, profile).final).toBeGreaterThanOrEqual(floors[name] - 5);
      expect(leaveOneFolderOut(scored, profile).final).toBeGreaterThanOrEqual(plain - 5);
    },
  );
});
