import { allRecordings } from '../catalogue';
import type { Check } from './problem';
import { vocabularyOf } from './vocabulary';

const pattern = /^[a-z][a-z0-9_]*:[a-zA-Z][a-zA-Z0-9_]*:[a-z][a-z0-9_]*$/;

/**
 * `level:metric:operations`, as the Prometheus documentation recommends: a reader of a query sees what was
 * recorded, and over which labels, without looking the rule up.
 */
export const recordingNames: Check = (catalogue) => {
  const vocabulary = vocabularyOf(catalogue);
  return allRecordings(catalogue.recordings).flatMap(({ name, labels: declared }) => {
    const problem = (message: string) => ({
      check: 'recording-names',
      subject: `recording ${name}`,
      message,
    });
    const labels = vocabulary.get(name)?.labels;
    const level = name.split(':')[0] ?? '';
    const promised = [...declared, ...(['job', 'instance'].includes(level) ? [level] : [])];
    return [
      ...(pattern.test(name)
        ? []
        : [problem('is not named level:metric:operations; see https://prometheus.io/docs/practices/rules/')]),
      ...(labels?.complete ? promised.filter((label) => !labels.names.has(label)) : []).map((label) =>
        problem(`promises the label "${label}", which its expression does not keep; aggregate by it`),
      ),
    ];
  });
};
