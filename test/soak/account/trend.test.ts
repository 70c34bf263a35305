import { growthPerHour, type Point } from '../../../soak/account/trend';

const minute = 60_000;
const every = (count: number, value: (index: number) => number): readonly Point[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * minute, value: value(index) }));

test('steady growth is found whatever the length of the run', () => {
  expect(growthPerHour([every(10, (index) => 100 + 2 * index)])).toBeCloseTo(120);
  expect(growthPerHour([every(100, (index) => 100 + 2 * index)])).toBeCloseTo(120);
});

test('what goes up and down without getting anywhere does not grow', () => {
  expect(Math.abs(growthPerHour([every(40, (index) => 100 + (index % 4) * 10)]) ?? NaN)).toBeLessThan(15);
});

test('a single moment of much does not make a trend', () => {
  expect(growthPerHour([every(20, (index) => (index === 19 ? 1_000 : 100))])).toBe(0);
});

test('of one moment there is nothing to say', () => {
  expect(growthPerHour([])).toBeUndefined();
  expect(growthPerHour([[{ at: 5, value: 1 }]])).toBeUndefined();
  expect(
    growthPerHour([
      [
        { at: 5, value: 1 },
        { at: 5, value: 2 },
      ],
    ]),
  ).toBeUndefined();
});

test('what one life had says nothing about the next, and what each of them gained counts', () => {
  const first = every(5, (index) => 500 + index);
  const second = every(5, (index) => 100 + index).map(({ at, value }) => ({ at: at + 5 * minute, value }));
  expect(growthPerHour([first, second])).toBeCloseTo(60);
  expect(growthPerHour([first.slice(0, 1), second.slice(0, 1)])).toBeUndefined();
});
