import { chance } from '../../soak/chance';

const numbers = (seed: number): number[] => {
  const die = chance(seed);
  return Array.from({ length: 1_000 }, die);
};

test('the same seed gives the same numbers, another one others', () => {
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('numbers lie in [0, 1) and on average in the middle', () => {
  const all = numbers(1);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...all)).toBeLessThan(1);
  expect(all.reduce((sum, each) => sum + each, 0) / all.length).toBeCloseTo(0.5, 1);
});
