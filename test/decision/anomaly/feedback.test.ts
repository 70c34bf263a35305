import { labelled, policyOf, restore, save, unlabelled, UnknownAlarmError } from '../../../decision/anomaly';
import { onsetsIn, run, samples, wave } from './stream';

const weeks = 20 * 288;
const calm = samples(weeks, wave);
const spike = (from: number, height: number) => samples(1, () => height, from);
const first = run([...calm, ...spike(weeks, 180)]);
const alarm = first.judgements.at(-1)!.alarm!;
/** A day later, somewhat higher than the first time. */
const again = [...samples(288, wave, weeks + 1), ...spike(weeks + 289, 205)];

describe('a label', () => {
  it('of a false alarm keeps the same thing from alarming again', () => {
    expect(onsetsIn(run(again, {}, labelled(first.state, alarm, 'real')).judgements)).toEqual([288]);
    expect(onsetsIn(run(again, {}, labelled(first.state, alarm, 'false alarm')).judgements)).toEqual([]);
  });

  it('that is taken back leaves no trace', () => {
    const taken = unlabelled(labelled(first.state, alarm, 'false alarm'), alarm);
    expect(save(taken)).toBe(save(first.state));
  });

  it('can be changed', () => {
    const changed = labelled(labelled(first.state, alarm, 'false alarm'), alarm, 'real');
    expect(save(changed)).toBe(save(labelled(first.state, alarm, 'real')));
  });

  it('survives saving', () => {
    const { state } = restore(save(labelled(first.state, alarm, 'false alarm')), policyOf());
    expect(onsetsIn(run(again, {}, state).judgements)).toEqual([]);
  });

  it('of a false alarm does not blunt other models', () => {
    const state = labelled(first.state, alarm, 'false alarm');
    const gone = run([...samples(50, wave, weeks + 1), ...samples(3, () => NaN, weeks + 51)], {}, state);
    expect(onsetsIn(gone.judgements)).toEqual([51]);
  });

  it('of an alarm that is not remembered is refused, with those that are', () => {
    expect(() => labelled(first.state, 99, 'real')).toThrow(UnknownAlarmError);
    expect(() => labelled(first.state, 99, 'real')).toThrow(`labels can be given to ${alarm}.`);
  });
});
