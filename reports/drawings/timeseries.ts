import type { LineSeriesOption, YAXisComponentOption } from 'echarts';
import { units } from '../../monitoring/dashboards/units';
import { page } from '../palette';
import type { Mark } from '../marks';
import type { PanelView, SeriesView } from '../panel-view';
import type { TimeWindow } from '../prometheus';
import { textWidth } from '../text-width';
import { formatted } from '../units';
import type { Drawing, Surroundings } from './drawing';
import { legendHeight, legendOf } from './legend';
import { nothingToShow } from './nothing';
import { shifted, timeAxis } from './time-axis';

/** Curves over time, with what happened behind them. */
export const timeseries: Drawing = {
  kind: 'timeseries',
  draw: (view, surroundings) => {
    const drawn = view.series.filter(({ points }) => points.length > 0);
    if (drawn.length === 0) return nothingToShow(view.nothing);
    const names = drawn.map((series) => `${series.name}  ${last(series, view.window)}`.trim());
    const right = drawn.find(({ axis }) => axis === 'right');
    return {
      grid: {
        left: 12,
        right: 28,
        top: 12,
        bottom: legendHeight(names, surroundings.width) + 8,
        containLabel: true,
      },
      legend: legendOf(names),
      xAxis: timeAxis(view.window, surroundings),
      yAxis: [valueAxis(view, drawn, 'left'), ...(right ? [valueAxis(view, drawn, 'right')] : [])],
      series: drawn.map((series, index) =>
        curve(
          series,
          names[index] ?? series.name,
          view.window,
          index === 0 ? surroundings : undefined,
          surroundings,
        ),
      ),
    };
  },
};

/** What a series is now; nothing for one that has ended. */
function last({ points, unit }: SeriesView, { end, step }: TimeWindow): string {
  const [time, value] = points.at(-1) ?? [];
  return time === undefined || value === undefined || end - time > step ? '' : formatted(unit, value);
}

function valueAxis(
  view: PanelView,
  drawn: readonly SeriesView[],
  position: 'left' | 'right',
): YAXisComponentOption {
  const measured = drawn.filter(({ axis }) => axis === position);
  const unit = measured[0]?.unit ?? view.unit;
  const flat = measured.every(({ points }) => points.every(([, value]) => value === 0));
  // Left alone, the chart would give a curve that is zero throughout a scale that no value suggests.
  const max = unit === view.unit && view.max !== undefined ? view.max : flat ? 1 : undefined;
  return {
    type: 'value',
    position,
    ...(view.min !== undefined && { min: view.min }),
    ...(max !== undefined ? { max, interval: max / 4 } : unit === units.bytes && binaryScale(measured)),
    splitNumber: 4,
    axisLabel: {
      color: page.faint,
      fontSize: 11,
      fontFamily: page.font,
      formatter: (value: number) => formatted(unit, value),
    },
    splitLine: { show: position === 'left', lineStyle: { color: page.grid } },
  };
}

/** Steps that are round when counted in KiB or MiB, where the chart would choose round numbers of bytes. */
function binaryScale(series: readonly SeriesView[]): { max: number; interval: number } {
  const sums = new Map<number, number>();
  for (const { points, stacked } of series) {
    for (const [time, value] of points) {
      sums.set(time, stacked ? (sums.get(time) ?? 0) + value : Math.max(sums.get(time) ?? 0, value));
    }
  }
  const highest = Math.max(1, ...sums.values());
  const unit = 1_024 ** Math.floor(Math.log(highest) / Math.log(1_024));
  const steps = [0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500];
  const interval = (steps.find((step) => step * 4 * unit >= highest) ?? 512) * unit;
  return { interval, max: Math.ceil(highest / interval) * interval };
}

function curve(
  series: SeriesView,
  name: string,
  window: TimeWindow,
  marked: Surroundings | undefined,
  { timeZoneOffset }: Surroundings,
): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: withGaps(series.points, window.step).map(([time, value]) => [shifted(time, timeZoneOffset), value]),
    yAxisIndex: series.axis === 'right' ? 1 : 0,
    color: series.colour,
    showSymbol: isolated(series.points, window.step),
    symbolSize: 4,
    connectNulls: false,
    lineStyle: { width: series.stacked ? 1 : 2, type: series.dashed ? [8, 6] : 'solid' },
    ...(series.fill > 0 && { areaStyle: { opacity: series.fill } }),
    ...(series.stacked && { stack: 'all' }),
    ...(marked && markings(marked, window)),
  };
}

/** Where a sample is missing the curve must break: a straight line across an outage would be made up. */
function withGaps(points: SeriesView['points'], step: number): readonly (readonly [number, number | null])[] {
  return points.flatMap((point, index): (readonly [number, number | null])[] => {
    const before = points[index - 1];
    return before && point[0] - before[0] > step * 1.5 ? [[before[0] + step, null], point] : [point];
  });
}

/** A single sample between gaps has no line to be seen by. */
function isolated(points: SeriesView['points'], step: number): boolean {
  return points.some(([time], index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    return (!before || time - before[0] > step * 1.5) && (!after || after[0] - time > step * 1.5);
  });
}

function markings(
  { marks, timeZoneOffset, width }: Surroundings,
  window: TimeWindow,
): Pick<LineSeriesOption, 'markArea' | 'markLine'> {
  const at = (time: number) => shifted(time, timeZoneOffset);
  const areas = marks.filter(({ start, end }) => end > start);
  return {
    markArea: {
      silent: true,
      z: 10,
      data: labelled(areas, window, width).map(({ start, end, colour, name, lane, from }) => [
        {
          name,
          xAxis: at(Math.max(start, window.start)),
          itemStyle: { color: colour, opacity: 0.05 },
          label: {
            show: true,
            formatter: '{b}',
            position: from === 'start' ? 'insideTopLeft' : 'insideTopRight',
            offset: [0, lane * laneHeight],
            color: colour,
            fontSize: areaFontSize,
            fontFamily: page.font,
            // Over the curves, which it would otherwise be read through.
            backgroundColor: 'rgba(255, 255, 255, 0.75)',
          },
        },
        { xAxis: at(Math.min(end, window.end)) },
      ]),
    },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: marks.flatMap(({ start, end, colour }) =>
        // What was going on before, or still is, has no beginning or end here to mark.
        [...new Set([start, end])]
          .filter((time) => time > window.start + window.step && time < window.end - window.step)
          .map((time) => ({
            xAxis: at(time),
            lineStyle: { color: colour, type: 'dashed' as const, width: 1 },
          })),
      ),
    },
  };
}

const areaFontSize = 10;
const laneHeight = 12;

/** What stands beside the curves: values on the axis and the edges of the panel. */
const besideCurves = 80;

interface Labelled extends Mark {
  /** The line on which its name stands, counted from the top. */
  readonly lane: number;
  /** The end of the area at which its name stands. */
  readonly from: 'start' | 'end';
}

/** Areas with a place for the name of each, so that names neither cover each other nor leave the panel. */
export function labelled(areas: readonly Mark[], window: TimeWindow, width: number): readonly Labelled[] {
  const room = Math.max(1, width - besideCurves);
  const x = (time: number) =>
    (room * (Math.min(Math.max(time, window.start), window.end) - window.start)) /
    (window.end - window.start);
  const lanes: (readonly [number, number])[][] = [];
  return areas
    .toSorted((a, b) => a.start - b.start)
    .map((area) => {
      const needed = textWidth(area.name, areaFontSize) + 8;
      const from = x(area.start) + needed <= room ? 'start' : 'end';
      const left = from === 'start' ? x(area.start) : x(area.end) - needed;
      const taken = lanes.findIndex((lane) => lane.every(([l, r]) => left >= r || left + needed <= l));
      const lane = taken < 0 ? lanes.length : taken;
      (lanes[lane] ??= []).push([left, left + needed]);
      return { ...area, lane, from };
    });
}
