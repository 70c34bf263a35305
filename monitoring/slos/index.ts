import type { AlertGroup, RecordingGroup } from '../model/rule';
import { periodRecordings, sliRecordings, sloAlerts } from '../model/slo';
import { availability } from './availability';
import { latency } from './latency';

/** Every promise made to users. A new one is one file and one line here. */
export const slos = [availability, latency] as const;

export const sloAlertGroup = {
  name: 'slo',
  alerts: [...sloAlerts(availability), ...sloAlerts(latency)],
} satisfies AlertGroup;

export const sloRecordingGroups: readonly RecordingGroup[] = [
  { name: 'slo', recordings: slos.flatMap(sliRecordings) },
  { name: 'slo-period', interval: '5m', recordings: slos.flatMap(periodRecordings) },
];
