import type { Label } from './bar';
import type { SeriesState } from './engine';

/** The alarm to be labelled is not, or no longer, remembered. */
export class UnknownAlarmError extends Error {
  override readonly name = 'UnknownAlarmError';

  constructor(alarm: number, known: readonly number[]) {
    super(
      `Alarm ${alarm} is not remembered; ` +
        (known.length > 0
          ? `labels can be given to ${known.join(', ')}.`
          : 'the series has raised none lately.'),
    );
  }
}

/**
 * What a person says of an alarm: from now on the series is judged by it.
 *
 * A false alarm keeps the bar of its kind, values or silence, high until the label is taken back; a real one no
 * longer raises it.
 *
 * @throws UnknownAlarmError
 */
export function labelled(state: SeriesState, alarm: number, label: Label): SeriesState {
  return withLabel(state, alarm, label);
}

/**
 * Takes a label back: the series is judged as if it had never been given.
 *
 * @throws UnknownAlarmError
 */
export function unlabelled(state: SeriesState, alarm: number): SeriesState {
  return withLabel(state, alarm, undefined);
}

function withLabel(state: SeriesState, alarm: number, label: Label | undefined): SeriesState {
  if (!state.alarms.some(({ id }) => id === alarm)) {
    throw new UnknownAlarmError(
      alarm,
      state.alarms.map(({ id }) => id),
    );
  }
  return {
    ...state,
    alarms: state.alarms.map((one) => {
      if (one.id !== alarm) return one;
      const { label: _before, ...bare } = one;
      return label ? { ...bare, label } : bare;
    }),
  };
}
