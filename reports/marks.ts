import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { withChoices } from '../monitoring/dashboards/queries';
import { colourNamed } from './palette';
import { named } from './panel-view';
import type { Source, TimeWindow } from './prometheus';

/** Something that happened, at a time or from one time to another (milliseconds). */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly colour: string;
  /** What it is called, such as the name of the alert. */
  readonly name: string;
}

/** The annotations of a board that fall into a window. */
export async function marksOf(
  { annotations }: Dashboard,
  source: Source,
  window: TimeWindow,
): Promise<readonly Mark[]> {
  const found = await Promise.all(
    (annotations?.list ?? []).map(async ({ expr, iconColor, useValueForTime, titleFormat = '' }) => {
      if (!expr) return [];
      const colour = colourNamed(iconColor);
      const series = await source.over(withChoices(expr), window);
      return series.flatMap(({ labels, points }) => {
        const common = { colour, name: named(titleFormat, labels) };
        return useValueForTime
          ? moments(points.map(([, value]) => value)).map((time) => ({ start: time, end: time, ...common }))
          : stretches(points, window.step).map((stretch) => ({ ...stretch, ...common }));
      });
    }),
  );
  return found.flat().filter(({ start, end }) => end >= window.start && start <= window.end);
}

const moments = (times: readonly number[]) => [...new Set(times.map(Math.round))];

/** The times during which there was a value. */
function stretches(
  points: readonly (readonly [number, number])[],
  step: number,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const [time] of points) {
    const last = found.at(-1);
    if (last && time - last.end <= step * 1.5) last.end = time;
    else found.push({ start: time, end: time });
  }
  return found;
}
