import { barAt, unrestAfter, withAlarm, type Alarm, type Unrest } from './bar';
import { habitAfter, isEvent, tempered, type Habit } from './habit';
import { emptyIntake, takeIn, type Intake, type Taken } from './intake';
import type { Judgement, Voice } from './judgement';
import type { AnyModel, Step } from './model';
import type { Policy, Setting } from './policy';
import { oddsOf, scoreOf } from './parts/evidence';
import type { Expectation, Sample } from './sample';

/** Everything that is remembered of one series: plain JSON data of bounded size. */
export interface SeriesState {
  readonly version: typeof stateVersion;
  readonly intake: Intake;
  /** State of each model by name. */
  readonly models: Readonly<Record<string, unknown>>;
  /** What each model has said before, by name; absent for those that never spoke. */
  readonly habits: Readonly<Record<string, Habit>>;
  /** How much surprise the series has still to get over, as odds. */
  readonly unsettled: number;
  /** How much of it people were told of. */
  readonly told: number;
  /** How restless each model is on this series, by name; absent for those that never were. */
  readonly unrest: Readonly<Record<string, Unrest>>;
  readonly alarms: readonly Alarm[];
  /** Number of the next alarm. */
  readonly nextAlarm: number;
  /** The alarm that is still on, if one is. */
  readonly episode: Episode | null;
}

interface Episode {
  readonly alarm: number;
  readonly since: number;
  /** The model that raised it, and what it expected then. */
  readonly model: string;
  readonly expected: Expectation | null;
  /** Records in a row at which it was over. */
  readonly calm: number;
}

/** Raised with every change to what a state means; a saved state of another version starts afresh. */
export const stateVersion = 4;

const day = 86_400_000;

/** A voice quieter than this is not worth telling. */
const audible = 0.1;

/** An anomaly is over after so many records in a row that are as expected. */
const calmRecords = 5;

/** An anomaly that goes on for longer, in milliseconds, is what the series is like now. */
const longestEpisode = day;

/** What is left of a surprise, as odds, is never more than this: nothing may hide behind a larger event. */
const deafest = 9;

export function initSeries(policy: Policy): SeriesState {
  return {
    version: stateVersion,
    intake: emptyIntake,
    models: Object.fromEntries(
      policy.settings.map(({ model, parameters }) => [model.name, model.init(parameters)]),
    ),
    habits: {},
    unsettled: 0,
    told: 0,
    unrest: {},
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
 *
 * The score is for one threshold over all series and all time, so that what a model says often counts for less.
 * Alarms have a bar instead, which people's labels move.
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
  const speakers = new Map<string, AnyModel>();
  let narrowest: Expectation | undefined;
  let lasting = false;
  for (const setting of policy.settings) {
    const { name } = setting.model;
    const said = judgedBy(setting, state.models[name], taken);
    const { score, expected } = said;
    models[name] = said.state;
    if (score >= audible) {
      voices.push({ model: name, score, expected });
      speakers.set(name, setting.model);
    }
    if (expected && (!narrowest || widthOf(expected) < widthOf(narrowest))) narrowest = expected;
    if (said.lasting && name === state.episode?.model) lasting = true;
  }
  voices.sort((a, b) => b.score - a.score);

  // A tick without a value shows nothing that a series could get over.
  const fading = taken.sample ? Math.exp(-1 / policy.settling) : 1;
  const left = state.unsettled * fading;
  const told = state.told * fading;
  const barOf = ({ model: name }: Voice) => {
    const unrest = state.unrest[name];
    return scoreOf(
      oddsOf(barAt(speakers.get(name)!, time, intake.since, state.alarms, policy, unrest)) + told,
      1,
    );
  };
  // What the model of a running episode adds belongs to that episode: people are told once.
  const alarming = voices.find(
    (voice) => voice.model !== state.episode?.model && voice.score >= barOf(voice),
  );
  const loudest = voices[0];
  const voice = alarming ?? loudest;
  const news = loudestTempered(voices, state.habits);
  const odds = news ? oddsOf(news.score) : 0;
  const episode = alarming
    ? {
        alarm: state.nextAlarm,
        since: time,
        model: alarming.model,
        expected: alarming.expected ?? null,
        calm: 0,
      }
    : episodeAfter(state.episode, time, taken.sample?.value, lasting);
  return {
    state: {
      version: stateVersion,
      intake,
      models,
      habits:
        news && isEvent(odds - left)
          ? { ...state.habits, [news.model]: habitAfter(state.habits[news.model], news.said) }
          : state.habits,
      unsettled: Math.min(deafest, Math.max(left, odds)),
      unrest: loudest ? withUnrest(state.unrest, loudest, time, intake.since, policy) : state.unrest,
      told: alarming ? Math.min(deafest, Math.max(told, oddsOf(alarming.score))) : told,
      alarms: alarming
        ? withAlarm(state.alarms, {
            id: state.nextAlarm,
            time,
            model: alarming.model,
            silence: speakers.get(alarming.model)?.silence ?? false,
          })
        : state.alarms,
      nextAlarm: state.nextAlarm + (alarming ? 1 : 0),
      episode,
    },
    judgement: {
      verdict: alarming ? 'onset' : episode ? 'ongoing' : 'usual',
      time,
      value: taken.sample?.value,
      score: scoreOf(odds - left, 1),
      bar: voice ? barOf(voice) : barAt({ name: 'none' }, time, intake.since, [], policy),
      voices,
      expected: voice?.expected ?? episode?.expected ?? narrowest,
      alarm: episode?.alarm,
      since: episode?.since,
      history: { records: state.intake.count, days: (time - intake.since) / day },
      notes: taken.notes,
    },
  };
}

/** The voice that says most when habits are counted, with what it said before they were. */
function loudestTempered(voices: readonly Voice[], habits: SeriesState['habits']) {
  let news: { readonly model: string; readonly said: number; readonly score: number } | undefined;
  for (const { model, score: said } of voices) {
    const score = tempered(said, habits[model]);
    if (!news || score > news.score) news = { model, said, score };
  }
  return news;
}

function withUnrest(
  all: SeriesState['unrest'],
  { model, score }: Voice,
  time: number,
  since: number,
  policy: Policy,
): SeriesState['unrest'] {
  const unrest = unrestAfter(all[model], score, time, since, policy);
  return unrest && unrest !== all[model] ? { ...all, [model]: unrest } : all;
}

const silent = { score: 0, expected: undefined };

function judgedBy({ model, parameters }: Setting, state: unknown, taken: Taken): Step<unknown> {
  if (taken.sample) return model.step(state, taken.sample, parameters);
  if (taken.notes.includes('first of a counter')) return { state, ...silent };
  return model.absent?.(state, taken.time, parameters) ?? { state, ...silent };
}

/** An episode lasts while its model says so, or while the value stays outside of what was expected at its onset. */
function episodeAfter(
  episode: Episode | null,
  time: number,
  value: number | undefined,
  lasting: boolean,
): Episode | null {
  if (!episode || time - episode.since > longestEpisode) return null;
  const { expected } = episode;
  const outside =
    value !== undefined && expected !== null && (value < expected.lower || value > expected.upper);
  const calm = lasting || outside ? 0 : episode.calm + 1;
  return calm > calmRecords ? null : { ...episode, calm };
}

function widthOf({ lower, upper }: Expectation): number {
  return upper - lower;
}
