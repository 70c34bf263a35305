import type { LegendComponentOption } from 'echarts';
import { page } from '../palette';
import { textWidth } from '../text-width';

const fontSize = 11;
const iconWidth = 14;
const gap = 10;

export function legendOf(names: readonly string[]): LegendComponentOption {
  return {
    data: [...names],
    left: 12,
    right: 12,
    bottom: 6,
    icon: 'roundRect',
    itemWidth: iconWidth,
    itemHeight: 4,
    itemGap: gap,
    textStyle: { color: page.text, fontSize, fontFamily: page.font },
  };
}

/** How much room the legend needs, so that it stands below the curves and not on them. */
export function legendHeight(names: readonly string[], width: number): number {
  let lines = 1;
  let used = 0;
  for (const name of names) {
    const needed = iconWidth + 5 + textWidth(name, fontSize) + gap;
    if (used > 0 && used + needed > width - 24) {
      lines += 1;
      used = 0;
    }
    used += needed;
  }
  return lines * (fontSize + gap) + 10;
}
