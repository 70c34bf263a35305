import { init } from 'echarts';
import { drawings } from './drawings';
import type { Surroundings } from './drawings/drawing';
import type { PanelView } from './panel-view';
import { measureTextAsWeDo } from './text-width';

/**
 * A panel as an SVG element of the stated size.
 *
 * @throws RangeError when nobody knows how to draw its kind.
 */
export function panelPicture(view: PanelView, surroundings: Surroundings): string {
  const drawing = drawings.find(({ kind }) => kind === view.kind);
  if (!drawing) {
    throw new RangeError(
      `the panel "${view.title}" is of kind ${view.kind}, which cannot be drawn; add it to reports/drawings`,
    );
  }
  const { width, height } = surroundings;
  measureTextAsWeDo();
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, useUTC: true, ...drawing.draw(view, surroundings) });
    // Attributes for a script in a browser that would answer the mouse; a picture has none.
    return chart.renderToSVGString().replace(/ ecmeta_\w+="[^"]*"/g, '');
  } finally {
    chart.dispose(); // its clock would keep the process alive
  }
}
