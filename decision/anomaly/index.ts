export type { Alarm, Label } from './bar';
export { initSeries, stateVersion, step, type SeriesState } from './engine';
export { explain } from './explanation';
export { labelled, unlabelled, UnknownAlarmError } from './feedback';
export {
  initGroup,
  stepGroup,
  type GroupJudgement,
  type GroupState,
  type Member,
  type MemberJudgement,
} from './group';
export type { Note } from './intake';
export type { Judgement, Verdict, Voice } from './judgement';
export { defineModel, type AnyModel, type Model, type Step } from './model';
export { models } from './models';
export { policyOf, policySchema, type Policy, type PolicyInput } from './policy';
export type { Expectation, Sample } from './sample';
export { restore, save, type Restored } from './saved';
