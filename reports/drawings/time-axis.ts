import type { XAXisComponentOption } from 'echarts';
import { page } from '../palette';
import type { TimeWindow } from '../prometheus';
import type { Surroundings } from './drawing';

/**
 * A time as the chart should take it. The chart only knows UTC and the zone of the machine that draws; the zone of
 * the readers is a third one, so times are moved by its offset and then written as UTC.
 */
export function shifted(time: number, offsetMinutes: number): number {
  return time + offsetMinutes * 60_000;
}

export function timeAxis(
  window: TimeWindow,
  { width, timeZoneOffset }: Pick<Surroundings, 'width' | 'timeZoneOffset'>,
): XAXisComponentOption {
  return {
    type: 'time',
    min: shifted(window.start, timeZoneOffset),
    max: shifted(window.end, timeZoneOffset),
    splitNumber: Math.max(2, Math.floor(width / 110)),
    axisLine: { lineStyle: { color: page.border } },
    axisLabel: {
      color: page.faint,
      fontSize: 11,
      fontFamily: page.font,
      hideOverlap: true,
      formatter: { day: '{MM}-{dd}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}' },
    },
  };
}
