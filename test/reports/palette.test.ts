import { jobs } from '../../monitoring/jobs';
import { production } from '../../monitoring/environments/production';
import { colourOfSeries, seriesColours } from '../../reports/palette';

/** A colour as the eye sees it: CIE 1976 L*a*b* under daylight, in which distances are about equal for everybody. */
function seen(colour: string): readonly [number, number, number] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const bent = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (one: string, other: string) => {
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};

test('any two colours of series are far enough apart to be told from each other in a thin line', () => {
  const near = seriesColours.flatMap((one, index) =>
    seriesColours
      .slice(index + 1)
      .filter((other) => distance(one, other) < 30)
      .map((other) => `${one} ${other}`),
  );
  expect(near).toEqual([]);
  expect(distance('#8f3bb8', '#b877d9')).toBeLessThan(30);
});

test('there is a colour for each job of a panel that shows them all, and none is given out twice', () => {
  const present = jobs.filter(({ name }) => production.targets[name] !== false);
  const given = present.map((_, index) => colourOfSeries(index, new Set()));
  expect(new Set(given).size).toBe(present.length);
});

test('a colour that another series has as its own is passed over', () => {
  const [first, second] = seriesColours;
  expect(colourOfSeries(0, new Set([first]))).toBe(second);
});
