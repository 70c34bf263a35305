import { recordingNames } from '../../../monitoring/lint/recording-names';
import { recording, said } from './planted';

const about = (planted: Parameters<typeof recording>[0]) =>
  said(recordingNames, { recordings: [recording(planted)] });

test('a name says over what, of what, and how it was recorded', () => {
  expect(about({ name: 'targets_up' })).toEqual([
    'recording targets_up: is not named level:metric:operations; see https://prometheus.io/docs/practices/rules/',
  ]);
  expect(about({})).toEqual([]);
});

test('the level of a name, and the labels that are declared, must be left by the expression', () => {
  expect(about({ name: 'instance:up:sum' })).toEqual([
    'recording instance:up:sum: promises the label "instance", which its expression does not keep; aggregate by it',
  ]);
  expect(about({ labels: ['path'] })).toEqual([expect.stringContaining('promises the label "path"')]);
});

test('a label given to the recording as a whole is kept', () => {
  expect(about({ name: 'slo:up:sum', labels: ['slo'], staticLabels: { slo: 'availability' } })).toEqual([]);
});
