import { initSeries, policyOf, restore, save, step } from '../../../decision/anomaly';
import { habitAfter, isEvent, tempered } from '../../../decision/anomaly/habit';
import { randomFrom } from '../../../bench/anomaly/faults/random';

const events = (odds: readonly number[]) =>
  odds.reduce<ReturnType<typeof habitAfter> | undefined>(
    (habit, one) => habitAfter(habit, one / (1 + one)),
    undefined,
  );

describe('what a model says of a series', () => {
  it('is believed at once when it never spoke before', () => {
    expect(tempered(0.7, undefined)).toBe(0.7);
    expect(tempered(0, events([3]))).toBe(0);
  });

  it('counts for less with every earlier time it said as much', () => {
    const scores = [0, 1, 3, 10].map((times) => tempered(0.6, events(new Array<number>(times).fill(1.5))));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(scores.length);
    expect(scores.at(-1)).toBeLessThan(0.05);
  });

  it('is hardly doubted when it is far louder than ever, and never made louder', () => {
    const habit = events([0.5, 0.4, 0.6]);
    expect(tempered(0.999, habit)).toBeGreaterThan(0.99);
    for (const score of [0.1, 0.5, 0.9]) expect(tempered(score, habit)).toBeLessThan(score);
  });

  it('is not excused for ever by one catastrophe', () => {
    expect(tempered(0.95, events([1e6]))).toBe(tempered(0.95, events([1e3])));
    expect(tempered(0.95, events([1e6]))).toBeGreaterThan(0.2);
  });

  it('is an event from a third of even odds on', () => {
    expect([isEvent(0.29), isEvent(0.31)]).toEqual([false, true]);
  });
});

describe('the score of a series that drifts for months', () => {
  const policy = policyOf();
  const walk = (seed: number) => {
    const random = randomFrom(seed);
    let value = 100;
    return Array.from({ length: 8000 }, (_, index) => ({
      time: Date.UTC(2026, 0, 5) + index * 3_600_000,
      value: (value += random.normal()),
    }));
  };

  it('rises less and less often', () => {
    const flagged = [1, 2, 3].flatMap((seed) => {
      let state = initSeries(policy);
      return walk(seed).flatMap((sample, index) => {
        const next = step(state, sample, policy);
        state = next.state;
        return next.judgement.score >= 0.233 ? [index] : [];
      });
    });
    const young = flagged.filter((index) => index < 2000).length;
    const old = flagged.filter((index) => index >= 4000).length;
    expect(young).toBeGreaterThan(0);
    expect(old).toBeLessThan(young / 5);
  });

  it('is the same to the last bit when what was said before is saved and restored', () => {
    const samples = walk(5).slice(0, 3000);
    let whole = initSeries(policy);
    let parted = initSeries(policy);
    for (const [index, sample] of samples.entries()) {
      const one = step(whole, sample, policy);
      whole = one.state;
      if (index === 2000) {
        expect(Object.keys(parted.habits).length).toBeGreaterThan(0);
        parted = restore(save(parted), policy).state;
      }
      const other = step(parted, sample, policy);
      parted = other.state;
      expect(other.judgement.score).toBe(one.judgement.score);
    }
  });
});
