import type { EChartsOption } from 'echarts';
import type { Mark } from '../marks';
import type { PanelView } from '../panel-view';

/** What surrounds a panel on its board. */
export interface Surroundings {
  readonly width: number;
  readonly height: number;
  /** Minutes east of UTC in which times are written. */
  readonly timeZoneOffset: number;
  /** Events that stand on every curve. */
  readonly marks: readonly Mark[];
}

/** How one kind of panel becomes a chart. */
export interface Drawing {
  /** The `type` of the panel in Grafana. */
  readonly kind: string;
  draw(view: PanelView, surroundings: Surroundings): EChartsOption;
}
