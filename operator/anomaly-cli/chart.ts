import * as echarts from 'echarts';
import type { JudgedSeries } from './judge';
import { nameOf } from './prometheus';

const width = 1200;
const rowHeight = 260;

/** Draws each series with its expected band and its anomalies, one below the other, as an SVG document. */
export function chartOf(all: readonly JudgedSeries[]): string {
  const chart = echarts.init(null, null, {
    renderer: 'svg',
    ssr: true,
    width,
    height: rowHeight * all.length,
  });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      title: all.map(({ series }, row) => ({
        text: nameOf(series.labels),
        top: row * rowHeight + 6,
        left: 60,
        textStyle: { fontSize: 12, fontFamily: 'monospace' },
      })),
      grid: all.map((_, row) => ({ top: row * rowHeight + 34, height: rowHeight - 70, left: 80, right: 24 })),
      xAxis: all.map((_, row) => ({ type: 'time', gridIndex: row })),
      yAxis: all.map((_, row) => ({ type: 'value', gridIndex: row, scale: true })),
      series: all.flatMap(rowOf),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function rowOf({ judgements }: JudgedSeries, row: number) {
  const axes = { xAxisIndex: row, yAxisIndex: row, showSymbol: false };
  const band = judgements.filter(({ expected }) => expected);
  const bound = {
    type: 'line',
    ...axes,
    stack: `band ${row}`,
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
  };
  return [
    { ...bound, name: 'lower bound', data: band.map(({ time, expected }) => [time, expected!.lower]) },
    {
      ...bound,
      name: 'expected',
      areaStyle: { color: '#9ecae1', opacity: 0.4 },
      data: band.map(({ time, expected }) => [time, expected!.upper - expected!.lower]),
    },
    {
      type: 'line',
      name: 'value',
      ...axes,
      lineStyle: { width: 1, color: '#1f4e79' },
      data: judgements.map(({ time, value }) => [time, value ?? null]),
      markArea: {
        itemStyle: { color: '#d62728', opacity: 0.15 },
        data: episodesOf(judgements).map(([from, to]) => [{ xAxis: from }, { xAxis: to }]),
      },
    },
    {
      type: 'scatter',
      name: 'anomaly',
      ...axes,
      symbolSize: 9,
      itemStyle: { color: '#d62728' },
      data: judgements
        .filter(({ verdict }) => verdict === 'onset')
        .map(({ time, value, expected }) => [time, value ?? expected?.value ?? 0]),
    },
  ];
}

/** From onset to the last sample that still belongs to it. */
function episodesOf(judgements: JudgedSeries['judgements']): readonly (readonly [number, number])[] {
  const ends = new Map<number, [number, number]>();
  for (const { alarm, time } of judgements) {
    if (alarm === undefined) continue;
    ends.set(alarm, [ends.get(alarm)?.[0] ?? time, time]);
  }
  return [...ends.values()];
}
