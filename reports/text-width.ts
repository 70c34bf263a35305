import { setPlatformAPI } from 'echarts';

/**
 * How wide a text will be, in pixels. Nobody measures fonts without a screen, and the reader's font is not ours: Latin
 * letters are taken for wide ones, so that nothing runs into its neighbour, and Chinese ones for square.
 */
export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((width, letter) => width + fontSize * (letter >= '⺀' ? 1 : 0.62), 0);
}

/** Makes charts reckon with the same widths as we do; their own are those of one narrow font. */
export function measureTextAsWeDo(): void {
  setPlatformAPI({
    measureText: (text, font = '12px sans-serif') => ({
      width: textWidth(text, Number(/([\d.]+)px/.exec(font)?.[1] ?? 12)),
    }),
  });
}
