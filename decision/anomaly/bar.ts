import type { Policy } from './policy';

const day = 86_400_000;

export type Label = 'real' | 'false alarm';

/** An alarm that still counts, with what a person said of it. */
export interface Alarm {
  readonly id: number;
  /** Milliseconds. */
  readonly time: number;
  /** The model that raised it. */
  readonly model: string;
  /** Whether it told of silence. */
  readonly silence: boolean;
  readonly label?: Label;
}

/** Alarms remembered; older ones have no say. */
export const rememberedAlarms = 16;

/** Log odds a score must reach at one false alarm a month, found on fault-free series (docs/anomaly.md). */
const monthly = Math.log(6);

/** What an alarm adds to the log odds that the next one needs, by what a person said of it. */
const weights: Record<Label | 'unlabelled', number> = { real: 0, unlabelled: 1, 'false alarm': 3 };

/** Log odds asked for on top from a series of which nothing is known yet; less for silence, which has no seasons. */
const untaught = { values: 8, silence: 3 };

/**
 * The score from which on a model raises an alarm.
 *
 * It starts from the rate of false alarms asked for. Every alarm raises it for the model that spoke, and
 * the rise wears off over the time in which one false alarm is allowed, so that a series that is by nature
 * surprising does not alarm at the rate of its surprises, and stays as sensitive as ever to other troubles. A
 * label changes how much its alarm weighs; what a person called false does not wear off, and holds for every
 * model that judges values, or for every one that judges silence.
 */
export function barAt(
  { name, silence = false }: { readonly name: string; readonly silence?: boolean },
  time: number,
  since: number,
  alarms: readonly Alarm[],
  { falseAlarmsPerDay, learningDays }: Pick<Policy, 'falseAlarmsPerDay' | 'learningDays'>,
): number {
  const age = (time - since) / day;
  const young = learningDays > 0 ? Math.max(0, 1 - age / learningDays) : 0;
  let odds =
    monthly - Math.log(falseAlarmsPerDay * 30) / 2 + (silence ? untaught.silence : untaught.values) * young;
  for (const alarm of alarms) {
    // Which of several models spoke first is chance; what a person called false holds for all of its kind.
    const counts = alarm.label === 'false alarm' ? alarm.silence === silence : alarm.model === name;
    if (!counts) continue;
    const worn = alarm.label === 'false alarm' ? 0 : ((time - alarm.time) / day) * falseAlarmsPerDay;
    odds += weights[alarm.label ?? 'unlabelled'] * Math.max(0, 1 - worn);
  }
  return 1 / (1 + Math.exp(-odds));
}

/** Adds an alarm, and lets go of the oldest one that nobody called false when there are too many. */
export function withAlarm(alarms: readonly Alarm[], alarm: Alarm): readonly Alarm[] {
  const all = [...alarms, alarm];
  if (all.length <= rememberedAlarms) return all;
  const oldest = all.findIndex(({ label }) => label !== 'false alarm');
  return all.filter((_, index) => index !== Math.max(0, oldest));
}
