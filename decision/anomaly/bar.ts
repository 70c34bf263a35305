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

/** How often a model was as good as alarmed. */
export interface Unrest {
  /** Times, worn off up to the last one. */
  readonly count: number;
  /** When it last was, milliseconds. */
  readonly time: number;
}

/** A score from which on a model counts as unrestful. */
const nearly = 0.5;

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
 * surprising does not alarm at the rate of its surprises, and stays as sensitive as ever to other troubles.
 * Coming near an alarm on an earlier day counts as much as one: heavy tails and bursts show in what nearly alarms,
 * before anybody is woken. A label changes how much its alarm weighs; what a person called false does not wear off, and holds for every
 * model that judges values, or for every one that judges silence.
 */
export function barAt(
  { name, silence = false }: { readonly name: string; readonly silence?: boolean },
  time: number,
  since: number,
  alarms: readonly Alarm[],
  { falseAlarmsPerDay, learningDays }: Pick<Policy, 'falseAlarmsPerDay' | 'learningDays'>,
  unrest?: Unrest,
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
  if (unrest) {
    // What goes on today may be the very thing to be told.
    const today = time - unrest.time < day ? 1 : 0;
    odds += weights.unlabelled * Math.max(0, wornOff(unrest, time, falseAlarmsPerDay) - today);
  }
  return 1 / (1 + Math.exp(-odds));
}

/** Counts a score that comes near an alarm, once a day and not while the series is new; else what was known. */
export function unrestAfter(
  unrest: Unrest | undefined,
  score: number,
  time: number,
  since: number,
  { falseAlarmsPerDay, learningDays }: Pick<Policy, 'falseAlarmsPerDay' | 'learningDays'>,
): Unrest | undefined {
  if (score < nearly || time - since <= learningDays * day) return unrest;
  if (!unrest) return { count: 1, time };
  return time - unrest.time < day ? unrest : { count: wornOff(unrest, time, falseAlarmsPerDay) + 1, time };
}

function wornOff({ count, time: last }: Unrest, time: number, falseAlarmsPerDay: number): number {
  return count * Math.exp((-(time - last) / day) * falseAlarmsPerDay);
}

/** Adds an alarm, and lets go of the oldest one that nobody called false when there are too many. */
export function withAlarm(alarms: readonly Alarm[], alarm: Alarm): readonly Alarm[] {
  const all = [...alarms, alarm];
  if (all.length <= rememberedAlarms) return all;
  const oldest = all.findIndex(({ label }) => label !== 'false alarm');
  return all.filter((_, index) => index !== Math.max(0, oldest));
}
