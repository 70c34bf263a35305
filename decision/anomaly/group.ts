import { barAt, withAlarm, type Alarm } from './bar';
import { initSeries, step, type SeriesState } from './engine';
import type { Judgement } from './judgement';
import { models } from './models';
import { medianOf } from './parts/ring';
import { policyOf, type Policy } from './policy';

/** One series of a group, with its value at this tick. */
export interface Member {
  readonly metric: string;
  /** What tells this series from others of its metric: an instance, a pod, a path. */
  readonly instance: string;
  readonly value: number;
}

interface MemberState {
  readonly metric: string;
  readonly instance: string;
  readonly itself: SeriesState;
  /** How the series stands to the median of its metric; null while there are too few to have a median. */
  readonly amongPeers: SeriesState | null;
  /** Ticks in a row without a value. */
  readonly absent: number;
}

/** Plain JSON data; grows with the number of members. */
export interface GroupState {
  readonly members: Readonly<Record<string, MemberState>>;
  readonly alarms: readonly Alarm[];
  readonly nextAlarm: number;
  /** Time of the first tick, milliseconds; 0 before. */
  readonly since: number;
}

export interface MemberJudgement {
  readonly metric: string;
  readonly instance: string;
  /** The louder of the two views. */
  readonly score: number;
  /** Whether the member is unusual by its own past, or only as against its peers. */
  readonly view: 'itself' | 'among peers';
  readonly judgement: Judgement;
}

export interface GroupJudgement {
  readonly verdict: 'usual' | 'onset';
  readonly time: number;
  /** In [0, 1]: 1 minus the product of what the loudest member of each metric leaves to doubt. */
  readonly score: number;
  readonly bar: number;
  /** Number by which an alarm is labelled; undefined unless one is raised here. */
  readonly alarm: number | undefined;
  /** The member that contributes most; undefined while none does. */
  readonly driver: MemberJudgement | undefined;
  /** The metric whose members contribute most together. */
  readonly drivingMetric: string | undefined;
  /** Whether it concerns one member, some, or most of the group. */
  readonly extent: 'none' | 'one' | 'some' | 'most';
  /** Every member, the one that contributes most first. */
  readonly members: readonly MemberJudgement[];
}

/** A member that is gone for so many ticks is let go. */
const rememberedTicks = 288;

/** Less than even odds adds nothing: many small surprises are what many members have. */
const telling = 0.5;

/** Below three there is no telling who is the odd one out. */
const fewestPeers = 3;

/** A difference to peers has no seasons and no silences of its own. */
const peerPolicy = policyOf({
  models: {
    daily: false,
    weekly: false,
    shape: false,
    lull: false,
    zero: false,
    frozen: false,
    missing: false,
  },
});

export const initGroup: GroupState = { members: {}, alarms: [], nextAlarm: 1, since: 0 };

/**
 * Judges related series together at one tick: the same metric over instances, or the metrics of one service.
 *
 * Each member is judged by its own past and, where its metric has at least three members, by its distance to
 * their median. Members known from before that are not given have no value at this tick. Members of one metric
 * move together, so that only the loudest of them counts; over metrics doubts multiply.
 */
export function stepGroup(
  group: GroupState,
  time: number,
  given: readonly Member[],
  policy: Policy,
): { readonly state: GroupState; readonly judgement: GroupJudgement } {
  const medians = mediansOf(given);
  const present = new Set(given.map(keyOf));
  const gone = Object.entries(group.members)
    .filter(([key]) => !present.has(key))
    .filter(([, { absent }]) => absent < rememberedTicks)
    .map(([, { metric, instance }]) => ({ metric, instance, value: NaN }));
  // With a member gone the median is another one, and says nothing of those that are left.
  for (const { metric } of gone) medians.delete(metric);
  const members: Record<string, MemberState> = {};
  const judged: MemberJudgement[] = [];
  for (const member of [...given, ...gone]) {
    const key = keyOf(member);
    const { state, judgement } = stepMember(
      group.members[key],
      time,
      member,
      medians.get(member.metric),
      policy,
    );
    members[key] = state;
    judged.push(judgement);
  }
  judged.sort((a, b) => b.score - a.score);

  const since = group.since === 0 ? time : group.since;
  const loudest = new Map<string, number>();
  for (const one of judged) if (!loudest.has(one.metric)) loudest.set(one.metric, one.score);
  const doubts = [...loudest.values()].filter((one) => one >= telling).map((one) => 1 - one);
  const score = 1 - doubts.reduce((all, doubt) => all * doubt, 1);
  const driver = judged.find((member) => member.score > 0);
  const silence = tellsOfSilence(driver?.judgement);
  const barAfter = (alarms: readonly Alarm[]) =>
    barAt({ name: 'group', silence }, time, since, alarms, policy);
  const bar = raised(barAfter([]), barAfter(group.alarms), doubts.length);
  const onset = score >= bar;
  return {
    state: {
      members,
      alarms: onset
        ? withAlarm(group.alarms, { id: group.nextAlarm, time, model: 'group', silence })
        : group.alarms,
      nextAlarm: group.nextAlarm + (onset ? 1 : 0),
      since,
    },
    judgement: {
      verdict: onset ? 'onset' : 'usual',
      time,
      score,
      bar,
      alarm: onset ? group.nextAlarm : undefined,
      driver,
      drivingMetric: drivingMetricOf(judged),
      extent: extentOf(judged),
      members: judged,
    },
  };
}

function stepMember(
  before: MemberState | undefined,
  time: number,
  { metric, instance, value }: Member,
  median: number | undefined,
  policy: Policy,
): { readonly state: MemberState; readonly judgement: MemberJudgement } {
  const own = step(before?.itself ?? initSeries(policy), { time, value }, policy);
  const peers =
    median === undefined
      ? undefined
      : step(before?.amongPeers ?? initSeries(peerPolicy), { time, value: value - median }, peerPolicy);
  const louder = peers && peers.judgement.score > own.judgement.score ? peers.judgement : own.judgement;
  return {
    state: {
      metric,
      instance,
      itself: own.state,
      amongPeers: peers?.state ?? before?.amongPeers ?? null,
      absent: Number.isNaN(value) ? (before?.absent ?? 0) + 1 : 0,
    },
    judgement: {
      metric,
      instance,
      score: louder.score,
      view: louder === own.judgement ? 'itself' : 'among peers',
      judgement: louder,
    },
  };
}

/** Median by metric, of metrics with enough members that have a value. */
function mediansOf(members: readonly Member[]): Map<string, number> {
  const values = new Map<string, number[]>();
  for (const { metric, value } of members) {
    if (Number.isFinite(value)) values.set(metric, [...(values.get(metric) ?? []), value]);
  }
  return new Map(
    [...values]
      .filter(([, own]) => own.length >= fewestPeers)
      .map(([metric, own]) => [metric, medianOf(own)] as const),
  );
}

/** Over metrics doubts multiply; so does what earlier alarms and their labels ask for on top of the plain bar. */
function raised(plain: number, bar: number, metrics: number): number {
  return 1 - (1 - plain) * ((1 - bar) / (1 - plain)) ** Math.max(1, metrics);
}

/** Whether what is said loudest is that values stay away: a label on the one kind says nothing of the other. */
function tellsOfSilence(judgement: Judgement | undefined): boolean {
  const loudest = judgement?.voices[0]?.model;
  return models.some(({ name, silence }) => name === loudest && silence === true);
}

function drivingMetricOf(judged: readonly MemberJudgement[]): string | undefined {
  const doubts = new Map<string, number>();
  for (const { metric, score } of judged) {
    if (score > 0) doubts.set(metric, (doubts.get(metric) ?? 1) * (1 - score));
  }
  return [...doubts].sort(([, a], [, b]) => a - b)[0]?.[0];
}

function extentOf(judged: readonly MemberJudgement[]): GroupJudgement['extent'] {
  const concerned = judged.filter(({ score }) => score >= 0.5).length;
  if (concerned === 0) return 'none';
  if (concerned > judged.length / 2) return 'most';
  return concerned === 1 ? 'one' : 'some';
}

function keyOf({ metric, instance }: Pick<Member, 'metric' | 'instance'>): string {
  return `${metric}\n${instance}`;
}
