import { barAt, withAlarm, type Alarm } from './bar';
import { emptyIntake, takeIn, type Intake, type Taken } from './intake';
import type { Judgement, Verdict, Voice } from './judgement';
import type { Step } from './model';
import type { Policy, Setting } from './policy';
import type { Expectation } from './sample';
import type { Sample } from './sample';

/** Everything that is remembered of one series: plain JSON data of bounded size. */
export interface SeriesState {
  readonly version: typeof stateVersion;
  readonly intake: Intake;
  /** State of each model by name. */
  readonly models: Readonly<Record<string, unknown>>;
  /** How much surprise the series has still to get over, as a score. */
  readonly unsettled: number;
  readonly alarms: readonly Alarm[];
  /** Number of the next alarm. */
  readonly nextAlarm: number;
  /** The alarm that is still on, if one is. */
  readonly episode: Episode | null;
}

interface Episode {
  readonly alarm: number;
  readonly since: number;
  /** Records in a row that nobody found unusual. */
  readonly calm: number;
}

/** Raised with every change to what a state means; a saved state of another version starts afresh. */
export const stateVersion = 1;

/** A voice quieter than this is not worth telling. */
const audible = 0.1;

/** An anomaly is over after so many records at which nobody finds the odds even. */
const calmRecords = 5;

const day = 86_400_000;

export function initSeries(policy: Policy): SeriesState {
  return {
    version: stateVersion,
    intake: emptyIntake,
    models: Object.fromEntries(
      policy.settings.map(({ model, parameters }) => [model.name, model.init(parameters)]),
    ),
    unsettled: 0,
    alarms: [],
    nextAlarm: 1,
    episode: null,
  };
}

/**
 * Judges one sample of a series and learns from it, in this order.
 *
 * The loudest model decides: each is calibrated to its series by itself, and they see different things, so that
 * an average would only drown the one that sees. After a surprise the score recovers slowly: what follows has
 * to surprise again, by more than what is left of the first surprise.
 */
export function step(
  state: SeriesState,
  sample: Sample,
  policy: Policy,
): { readonly state: SeriesState; readonly judgement: Judgement } {
  const taken = takeIn(state.intake, sample, policy.kind);
  const { intake, time } = taken;
  const models: Record<string, unknown> = {};
  const voices: Voice[] = [];
  let narrowest: Expectation | undefined;
  for (const setting of policy.settings) {
    const { name } = setting.model;
    const { state: next, score, expected } = judgedBy(setting, state.models[name], taken);
    models[name] = next;
    if (score >= audible) voices.push({ model: name, score, expected });
    if (expected && (!narrowest || widthOf(expected) < widthOf(narrowest))) narrowest = expected;
  }
  voices.sort((a, b) => b.score - a.score);
  const loudest = voices[0]?.score ?? 0;
  const left = state.unsettled * Math.exp(-1 / policy.settling);
  const score = Math.max(0, loudest - left);
  const bar = barAt(time, intake.since, state.alarms, policy);
  const verdict = verdictOf(score >= bar, state.episode, loudest);
  const episode = episodeAfter(verdict, state, time, loudest);
  return {
    state: {
      version: stateVersion,
      intake,
      models,
      unsettled: Math.max(left, loudest),
      alarms: verdict === 'onset' ? withAlarm(state.alarms, { id: state.nextAlarm, time }) : state.alarms,
      nextAlarm: state.nextAlarm + (verdict === 'onset' ? 1 : 0),
      episode,
    },
    judgement: {
      verdict,
      time,
      value: taken.sample?.value,
      score,
      bar,
      voices,
      expected: voices[0]?.expected ?? narrowest,
      alarm: verdict === 'usual' ? undefined : episode?.alarm,
      since: verdict === 'usual' ? undefined : episode?.since,
      history: { records: state.intake.count, days: (time - intake.since) / day },
      notes: taken.notes,
    },
  };
}

const silent = { score: 0, expected: undefined };

function judgedBy({ model, parameters }: Setting, state: unknown, taken: Taken): Step<unknown> {
  if (taken.sample) return model.step(state, taken.sample, parameters);
  if (taken.notes.includes('first of a counter')) return { state, ...silent };
  return model.absent?.(state, taken.time, parameters) ?? { state, ...silent };
}

function verdictOf(alarming: boolean, episode: Episode | null, loudest: number): Verdict {
  if (alarming) return 'onset';
  return episode && (loudest >= 0.5 || episode.calm < calmRecords) ? 'ongoing' : 'usual';
}

function episodeAfter(verdict: Verdict, state: SeriesState, time: number, loudest: number): Episode | null {
  switch (verdict) {
    case 'onset':
      return { alarm: state.nextAlarm, since: time, calm: 0 };
    case 'ongoing':
      return state.episode && { ...state.episode, calm: loudest >= 0.5 ? 0 : state.episode.calm + 1 };
    case 'usual':
      return null;
  }
}

function widthOf({ lower, upper }: Expectation): number {
  return upper - lower;
}
