import type { AlertGroup, RecordingGroup } from '../model/rule';
import { periodRecordings, sliceInterval, sliRecordings, sloAlerts, type Explanation } from '../model/slo';
import { availability } from './availability';
import { delivery } from './delivery';
import { latency } from './latency';

/** Every promise made to users. A new one is one file, and one line in each of the two lists. */
export const slos = [availability, latency, delivery] as const;

/** Listed one by one, so that the name of each alert is known to the compiler. */
export const sloAlertGroup = {
  name: 'slo',
  alerts: [...sloAlerts(availability), ...sloAlerts(latency), ...sloAlerts(delivery)],
} satisfies AlertGroup;

/** @param explains - the alerts that explain another one */
export function sloRecordingGroups(
  explains: (alert: SloAlertName) => readonly Explanation[],
): readonly RecordingGroup[] {
  return [
    {
      name: 'slo-windows',
      interval: sliceInterval,
      recordings: slos.flatMap((slo) => sliRecordings(slo, explains(`${slo.title}BudgetBurningFast`))),
    },
    { name: 'slo-period', interval: '5m', recordings: slos.flatMap(periodRecordings) },
  ];
}

type SloAlertName = (typeof sloAlertGroup)['alerts'][number]['name'];
