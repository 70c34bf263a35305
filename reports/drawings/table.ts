import { page } from '../palette';
import type { PanelView, SeriesView } from '../panel-view';
import { formatted } from '../units';
import { textWidth } from '../text-width';
import type { Drawing } from './drawing';
import { nothingToShow } from './nothing';

const rowHeight = 30;
const fontSize = 12;
/** Between a text and the borders of its cell, both together. */
const padding = 20;

/** Rows of labels, and what was measured of each. */
export const table: Drawing = {
  kind: 'table',
  draw: (view, { width, height }) => {
    if (view.series.length === 0) return nothingToShow(view.nothing);
    const room = Math.max(1, Math.floor((height - 16) / rowHeight) - 1);
    const hidden = Math.max(0, view.series.length - room);
    const shown = view.series.slice(0, hidden > 0 ? room - 1 : room);
    const rows = shown.map((series) => view.columns.map(({ label }) => cell(view, series, label)));
    if (hidden > 0)
      rows.push([`+${view.series.length - shown.length}`, ...view.columns.slice(1).map(() => '')]);
    const widths = columnWidths(
      view.columns.map(({ title }, column) => [title, ...rows.map((cells) => cells[column] ?? '')]),
      width - 24,
    );
    return {
      matrix: {
        left: 12,
        top: 4,
        width: width - 24,
        height: (rows.length + 1) * rowHeight,
        x: {
          data: view.columns.map(({ title }, index) => ({ value: title, size: widths[index] ?? 0 })),
          label: { color: page.faint, fontSize, fontFamily: page.font, fontWeight: 600 },
          itemStyle: { borderColor: page.grid, color: 'transparent' },
          levelSize: rowHeight,
          dividerLineStyle: { color: page.border },
        },
        y: { data: rows.map((_, index) => String(index)), show: false },
        body: {
          itemStyle: { borderColor: page.grid },
          label: { color: page.text, fontSize, fontFamily: page.font },
          data: rows.flatMap((cells, row) =>
            cells.map((value, column) => ({ coord: [column, row] as [number, number], value })),
          ),
        },
        backgroundStyle: { borderColor: page.grid, color: 'transparent' },
      },
    };
  },
};

/** What each column needs, and its share of what is left; where there is not enough, all give way alike. */
export function columnWidths(columns: readonly (readonly string[])[], room: number): readonly number[] {
  const needed = columns.map(
    (texts) => padding + Math.max(...texts.map((text) => textWidth(text, fontSize))),
  );
  const total = needed.reduce((sum, width) => sum + width, 0);
  return needed.map((width) => (width * room) / total);
}

function cell({ unit }: PanelView, { labels, points }: SeriesView, label: string): string {
  if (label !== 'Value') return labels[label] ?? '';
  const value = points.at(-1)?.[1];
  return value === undefined ? '' : formatted(unit, value);
}
