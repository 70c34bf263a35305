import type { Account } from './account';
import type { Occupied, ProcessComparison, ProcessTrend } from './account/processes';

/** The account as people read it at the end of a run. */
export function report({ alerts, notices, messages, processes, objections }: Account): string {
  const { faults } = alerts;
  return [
    `Faults injected: ${faults.length}`,
    ...faults.map(
      ({ fault, brokenForMs, fired }) =>
        `  ${fault}, for ${(brokenForMs / 1_000).toFixed(1)} s; fired: ${fired.join(', ') || 'nothing'}`,
    ),
    `Alerts: ${alerts.expected} expected, ${alerts.fired} fired, ${alerts.missed} missed, ${alerts.surplus} surplus`,
    `Notifications: ${notices.sent} sent, ${notices.doubled} doubled, ${notices.reminders} reminders, ${notices.untold} missing, ${notices.surplus} surplus`,
    `Messages: ${messages.sent} sent, ${messages.acknowledged} acknowledged, ${messages.stored} stored, ${messages.delivered} delivered to every witness, ${messages.refused} refused, ${messages.unanswered} unanswered, ${messages.lost} lost`,
    'Processes of ours, at the start and at the end, and what they gain in an hour once they have settled:',
    ...processes.compared.map(processLine),
    ...(objections.length === 0
      ? ['Clean.']
      : ['NOT clean:', ...objections.map((objection) => `  ${objection}`)]),
  ].join('\n');
}

function processLine({ process, start, end, restarted, trend }: ProcessComparison): string {
  const memory = ({ residentBytes, liveHeapBytes }: Occupied): string =>
    `${mebibytes(residentBytes, 0)} (${mebibytes(liveHeapBytes, 1)} live)`;
  return `  ${process.padEnd(18)} memory ${memory(start)} -> ${memory(end)} MiB, handles ${start.handles} -> ${end.handles}${restarted ? ' (was broken and started again)' : ''}; ${trendOf(trend)}`;
}

function trendOf(trend: ProcessTrend | undefined): string {
  if (!trend) return 'not watched for long enough to speak of hours';
  const { liveHeapBytesPerHour, handlesPerHour, watchedMs } = trend;
  return `live heap ${signed(liveHeapBytesPerHour / 2 ** 20, 1)} MiB/h, handles ${signed(handlesPerHour, 0)}/h over ${Math.round(watchedMs / 60_000)} min`;
}

const mebibytes = (bytes: number, digits: number): string => (bytes / 2 ** 20).toFixed(digits);
const signed = (value: number, digits: number): string => `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
