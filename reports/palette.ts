/** What the colour names of Grafana look like. */
const named: Readonly<Record<string, string>> = {
  green: '#56a64b',
  blue: '#3274d9',
  orange: '#ff780a',
  red: '#e02f44',
};

/** Colours of series without one of their own, in the order in which they are given out. */
const series = [
  '#56a64b',
  '#e0b400',
  '#3274d9',
  '#ff780a',
  '#a352cc',
  '#37a2a8',
  '#8f3bb8',
  '#b877d9',
  '#7c8c3d',
  '#c4162a',
  '#1f60c4',
  '#8f6b3f',
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

export function colourOfSeries(index: number): string {
  return series[index % series.length] ?? series[0];
}
