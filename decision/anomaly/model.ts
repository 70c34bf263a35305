import type { z } from 'zod';
import type { Expectation, Sample } from './sample';

/** What a model says of one sample. */
export interface Step<State> {
  /** Replaces the state that went in; the old one is never changed. */
  readonly state: State;
  /** From 0 (as usual) towards 1; 0.5 is an exceedance of exactly the model's tolerance. */
  readonly score: number;
  /** Undefined while the model has learned too little to expect anything. */
  readonly expected: Expectation | undefined;
  /** What the model spoke of, now or before, is still so. */
  readonly lasting?: boolean;
}

/**
 * One way of seeing that a series is not as it was.
 *
 * A model is pure, causal and deterministic: its answer follows from the parameters and the samples so far. Its
 * state is plain JSON data of bounded size without NaN or Infinity, so that a run that is saved and restored
 * goes on to the last bit.
 */
export interface Model<Parameters = unknown, State = unknown> {
  readonly name: string;
  /** One line for the documentation: what this model notices that others do not. */
  readonly sees: string;
  /** Speaks of silence, which a series need not have shown its seasons for. @default - false */
  readonly silence?: boolean;
  readonly parameters: z.ZodType<Parameters>;
  init(parameters: Parameters): State;
  /** The sample's value is finite, and its time is not before the previous one's. */
  step(state: State, sample: Sample, parameters: Parameters): Step<State>;
  /** Judges a tick at which the series had no value. Models without it do not notice. */
  absent?(state: State, time: number, parameters: Parameters): Step<State>;
}

/** A model as the engine holds it: parameters and state are its own business. */
export type AnyModel = Model<unknown, unknown>;

/** Forgets the types of a model's parameters and state, which nobody but the model looks into. */
export function defineModel<Parameters, State>(model: Model<Parameters, State>): AnyModel {
  return model;
}
