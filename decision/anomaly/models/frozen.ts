import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import {
  noRepetition,
  repeated,
  repetitionParameters,
  type Repetition,
  type RepetitionParameters,
} from '../parts/repetition';

interface State {
  readonly value: number;
  readonly repetition: Repetition;
}

/** The same value over and over from a series that does not repeat itself: a stuck sensor, a dead exporter's cache. */
export const frozen = defineModel<RepetitionParameters, State>({
  name: 'frozen',
  sees: 'one value repeated by a series that used to vary',
  silence: true,
  parameters: repetitionParameters,
  init: (parameters) => ({ value: 0, repetition: noRepetition(parameters) }),
  step(state, { value }, parameters) {
    const same = state.repetition.runs.count > 0 && value === state.value;
    const { repetition, surprise, speaks } = repeated(state.repetition, same, parameters);
    return {
      state: { value, repetition },
      score: speaks ? scoreOf(surprise, parameters.tolerance) : 0,
      expected: undefined,
      lasting: surprise > 0,
    };
  },
});
