/** What the colour names of Grafana look like. */
const named: Readonly<Record<string, string>> = {
  green: '#56a64b',
  blue: '#3274d9',
  orange: '#ff780a',
  red: '#e02f44',
};

/**
 * Colours of series without one of their own, in the order in which they are given out: as many as there are jobs, and
 * far enough apart that a reader tells any two of them from each other.
 */
export const seriesColours = [
  '#56a64b',
  '#e0b400',
  '#3274d9',
  '#ff780a',
  '#8e44ad',
  '#2bb3c0',
  '#c4162a',
  '#7a5230',
  '#f07fc0',
  '#1f2f5c',
  '#0f6b4f',
  '#8a9099',
] as const;

/** The page that pictures are drawn on. */
export const page = {
  background: '#f4f5f5',
  panel: '#ffffff',
  border: '#dddfe3',
  text: '#24292e',
  faint: '#6b7280',
  grid: '#e9ebee',
  font: "Inter, 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
} as const;

/** @throws RangeError for a name that no board of ours uses. */
export function colourNamed(name: string): string {
  const colour = named[name];
  if (!colour) {
    throw new RangeError(`the colour "${name}" has no picture; add it to reports/palette.ts`);
  }
  return colour;
}

/** @param taken colours that other series of the panel have as their own */
export function colourOfSeries(index: number, taken: ReadonlySet<string>): string {
  const left = seriesColours.filter((colour) => !taken.has(colour));
  return left[index % left.length] ?? seriesColours[0];
}
