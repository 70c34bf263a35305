import { everyJobOf, panelsOf, type Choices } from '../monitoring/dashboards/queries';
import type { Board } from '../monitoring/model/dashboard';
import { fromMilliseconds } from '../monitoring/model/duration';
import { marksOf } from './marks';
import { page } from './palette';
import { panelPicture } from './panel-picture';
import { type PanelView, viewOf } from './panel-view';
import type { Source, TimeWindow } from './prometheus';

/** Sizes in pixels: Grafana's 24 columns on a wide screen, a little lower than there. */
const column = 58;
const row = 32;
const gutter = 8;
const titleHeight = 30;
const head = 56;
const foot = 28;

export interface BoardPicture {
  readonly svg: string;
  readonly views: readonly PanelView[];
}

export interface PictureOptions {
  readonly window: TimeWindow;
  /** How often Prometheus scrapes, in milliseconds: rates look at no fewer than four scrapes. @default 15000 */
  readonly scrapeInterval?: number;
  /** What stands for the variables of the board. @default - as Grafana would choose for the window */
  readonly choices?: Choices;
  readonly timeZone: { readonly offsetMinutes: number; readonly name: string };
}

/** Draws a whole board as it stands in Grafana, with the data of a window of time. */
export async function boardPicture(
  { dashboard, jobs }: Board,
  source: Source,
  { window, timeZone, scrapeInterval = 15_000, choices: stated }: PictureOptions,
): Promise<BoardPicture> {
  const choices = { ...everyJobOf(jobs), ...(stated ?? choicesFor(window, scrapeInterval)) };
  const marks = await marksOf(dashboard, source, window);
  const views: PanelView[] = [];
  // One panel after another: a Prometheus that is also watching should not notice that it is being drawn.
  for (const panel of panelsOf(dashboard.panels ?? [])) {
    views.push(await viewOf(panel, source, window, choices));
  }
  const surroundings = { timeZoneOffset: timeZone.offsetMinutes, marks };
  const pictures = views.map((view) => framed(view, surroundings));
  const headings = (dashboard.panels ?? []).flatMap((panel) =>
    panel.type === 'row' && panel.gridPos
      ? [label(panel.title ?? '', gutter, head + panel.gridPos.y * row + 21, 15, 600)]
      : [],
  );
  const width = 24 * column + gutter;
  const lowest = Math.max(...views.map(({ place }) => place.y + place.h));
  const height = head + lowest * row + foot;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(dashboard.title ?? '')}</title>`,
    `<rect width="100%" height="100%" fill="${page.background}"/>`,
    label(dashboard.title ?? '', gutter, 34, 21, 600),
    ...headings,
    ...pictures,
    label(spoken(window, timeZone), gutter, height - 10, 11, 400, page.faint),
    '</svg>',
    '',
  ].join('\n');
  return { svg, views };
}

function choicesFor({ start, end, step }: TimeWindow, scrapeInterval: number): Choices {
  return {
    interval: fromMilliseconds(step),
    rateInterval: fromMilliseconds(Math.max(step + scrapeInterval, 4 * scrapeInterval)),
    range: fromMilliseconds(end - start),
  };
}

function framed(
  view: PanelView,
  surroundings: Omit<Parameters<typeof panelPicture>[1], 'width' | 'height'>,
): string {
  const { x, y, w, h } = view.place;
  const left = gutter + x * column;
  const top = head + y * row;
  const width = w * column - gutter;
  const height = h * row - gutter;
  const inner = { width, height: height - titleHeight };
  const chart = panelPicture(view, { ...surroundings, ...inner });
  return [
    `<rect x="${left}.5" y="${top}.5" width="${width - 1}" height="${height - 1}" rx="3" fill="${page.panel}" stroke="${page.border}"/>`,
    label(view.title, left + 12, top + 21, 13, 600),
    chart.replace('<svg ', `<svg x="${left}" y="${top + titleHeight}" `),
  ].join('\n');
}

function label(
  text: string,
  x: number,
  y: number,
  size: number,
  weight: number,
  colour: string = page.text,
): string {
  return `<text x="${x}" y="${y}" font-family="${escaped(page.font)}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(text)}</text>`;
}

function spoken({ start, end }: TimeWindow, { offsetMinutes, name }: PictureOptions['timeZone']): string {
  const at = (time: number) => new Date(time + offsetMinutes * 60_000).toISOString();
  return `${at(start).slice(0, 10)}  ${at(start).slice(11, 16)} – ${at(end).slice(11, 16)}  ${name}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
