import type { EChartsOption } from 'echarts';
import { page } from '../palette';

/** A panel that has nothing to show says so in the middle. */
export function nothingToShow(text: string): EChartsOption {
  return {
    title: {
      text,
      left: 'center',
      top: 'middle',
      textStyle: { color: page.faint, fontSize: 15, fontWeight: 400, fontFamily: page.font },
    },
  };
}
