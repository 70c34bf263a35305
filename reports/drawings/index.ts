import type { Drawing } from './drawing';
import { stat } from './stat';
import { stateTimeline } from './state-timeline';
import { table } from './table';
import { timeseries } from './timeseries';

/** Every kind of panel that can be drawn. A new one is one file and one line here. */
export const drawings: readonly Drawing[] = [timeseries, stat, table, stateTimeline];
