import type { Alarm, Label } from './bar';

/** A series or a group: whatever remembers the alarms it raised. */
interface Judged {
  readonly alarms: readonly Alarm[];
}

/** The alarm to be labelled is not, or no longer, remembered. */
export class UnknownAlarmError extends Error {
  override readonly name = 'UnknownAlarmError';

  constructor(alarm: number, known: readonly number[]) {
    super(
      `Alarm ${alarm} is not remembered; ` +
        (known.length > 0 ? `labels can be given to ${known.join(', ')}.` : 'none was raised lately.'),
    );
  }
}

/**
 * What a person says of an alarm of a series or a group: from now on it is judged by that.
 *
 * A false alarm keeps the bar of its kind, values or silence, high until the label is taken back; a real one no
 * longer raises it.
 *
 * @throws UnknownAlarmError
 */
export function labelled<State extends Judged>(state: State, alarm: number, label: Label): State {
  return withLabel(state, alarm, label);
}

/**
 * Takes a label back: the series or group is judged as if it had never been given.
 *
 * @throws UnknownAlarmError
 */
export function unlabelled<State extends Judged>(state: State, alarm: number): State {
  return withLabel(state, alarm, undefined);
}

function withLabel<State extends Judged>(state: State, alarm: number, label: Label | undefined): State {
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
