import { page } from '../palette';
import { mapped, type PanelView, type SeriesView } from '../panel-view';
import { formatted } from '../units';
import type { Drawing } from './drawing';

/** Figures side by side, each under its name. */
export const stat: Drawing = {
  kind: 'stat',
  draw: (view, { width, height }) => {
    const figures = figuresOf(view);
    return {
      title: figures.map(({ name, text, colour }, index) => ({
        text,
        subtext: name,
        left: ((index + 0.5) * width) / figures.length,
        top: height / 2 - 38,
        textAlign: 'center',
        itemGap: 8,
        textStyle: { color: colour, fontSize: 34, fontWeight: 600, fontFamily: page.font },
        subtextStyle: { color: page.faint, fontSize: 13, fontFamily: page.font },
      })),
    };
  },
};

function figuresOf(view: PanelView): { name: string; text: string; colour: string }[] {
  if (view.series.length === 0) return [{ name: '', text: view.nothing, colour: page.faint }];
  return view.series.map((series) => ({ name: series.name, ...figure(series, view) }));
}

function figure(
  { points, unit, mappings, ownColour, colour }: SeriesView,
  { nothing, thresholds }: PanelView,
): { text: string; colour: string } {
  const value = points.at(-1)?.[1];
  if (value === undefined) return { text: nothing, colour: page.faint };
  return (
    mapped(value, mappings) ?? {
      text: formatted(unit, value),
      colour:
        ownColour && value !== 0
          ? colour
          : (thresholds.findLast(({ from }) => value >= from)?.colour ?? page.text),
    }
  );
}
