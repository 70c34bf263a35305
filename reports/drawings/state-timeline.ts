import type { CustomSeriesOption, CustomSeriesRenderItem } from 'echarts';
import { page } from '../palette';
import { mapped, type SeriesView } from '../panel-view';
import { textWidth } from '../text-width';
import type { Drawing } from './drawing';
import { legendOf } from './legend';
import { nothingToShow } from './nothing';
import { shifted, timeAxis } from './time-axis';

interface Band {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly colour: string;
}

/** Bands over time, a row for each series, coloured by what its value is called. */
export const stateTimeline: Drawing = {
  kind: 'state-timeline',
  draw: (view, surroundings) => {
    const { timeZoneOffset } = surroundings;
    const drawn = view.series.filter(({ points }) => points.length > 0);
    if (drawn.length === 0) return nothingToShow(view.nothing);
    const bands = drawn.flatMap((series, row) => bandsOf(series, row, view.window.step));
    const states = [...new Map(bands.map(({ text, colour }) => [text, colour]))];
    return {
      grid: {
        left: 28 + Math.max(...drawn.map(({ name }) => textWidth(name, 11))),
        right: 28,
        top: 8,
        bottom: 54,
      },
      legend: legendOf(states.map(([text]) => text)),
      xAxis: timeAxis(view.window, surroundings),
      yAxis: {
        type: 'category',
        inverse: true,
        data: drawn.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: page.text, fontSize: 11, fontFamily: page.font, interval: 0 },
      },
      series: states.map(([name, color]): CustomSeriesOption => ({
        type: 'custom',
        name,
        color,
        encode: { x: [1, 2], y: 0 },
        data: bands
          .filter(({ text }) => text === name)
          .map(({ row, start, end }) => [row, shifted(start, timeZoneOffset), shifted(end, timeZoneOffset)]),
        renderItem: band,
      })),
    };
  },
};

const band: CustomSeriesRenderItem = (_params, api) => {
  const row = api.value(0);
  const [left = 0, middle = 0] = api.coord([api.value(1), row]);
  const [right = 0] = api.coord([api.value(2), row]);
  const [, rowHeight = 0] = api.size?.([0, 1]) as number[];
  const height = Math.min(rowHeight * 0.7, 26);
  return {
    type: 'rect',
    shape: { x: left, y: middle - height / 2, width: Math.max(right - left, 2), height, r: 2 },
    style: { fill: api.visual('color') },
  };
};

/** The stretches over which a series had one and the same state. */
function bandsOf({ points, mappings }: SeriesView, row: number, step: number): readonly Band[] {
  const bands: { -readonly [Key in keyof Band]: Band[Key] }[] = [];
  for (const [time, value] of points) {
    const state = mapped(value, mappings) ?? { text: String(value), colour: page.faint };
    const last = bands.at(-1);
    if (last?.text === state.text && time - last.end <= step * 1.5) last.end = time;
    else bands.push({ row, start: time, end: time, ...state });
  }
  return bands;
}
