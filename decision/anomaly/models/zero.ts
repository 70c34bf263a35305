import { defineModel } from '../model';
import { scoreOf } from '../parts/evidence';
import {
  noRepetition,
  repeated,
  repetitionParameters,
  type Repetition,
  type RepetitionParameters,
} from '../parts/repetition';

/** Zero, and zero again, from a series that is rarely zero or never for so long. */
export const zero = defineModel<RepetitionParameters, Repetition>({
  name: 'zero',
  sees: 'a drop to exactly zero, even where zero lies within the range',
  silence: true,
  parameters: repetitionParameters,
  init: noRepetition,
  step(state, { value }, parameters) {
    const { repetition, surprise, speaks } = repeated(state, value === 0, parameters);
    return {
      state: repetition,
      score: speaks ? scoreOf(surprise, parameters.tolerance) : 0,
      expected: undefined,
      lasting: surprise > 0,
    };
  },
});
