import { allRecordings } from '../catalogue';
import type { Check } from './problem';

/** Two rules of one name and the same labels write the same series: Prometheus keeps one sample and drops the other. */
export const uniqueNames: Check = (catalogue) => {
  const names = [
    ...catalogue.alerts.flatMap((group) => group.alerts).map(({ name }) => `alert ${name}`),
    ...allRecordings(catalogue.recordings).map(
      ({ name, staticLabels }) =>
        `recording ${name}${staticLabels ? ` ${JSON.stringify(staticLabels)}` : ''}`,
    ),
    ...catalogue.alerts.map(({ name }) => `alert group ${name}`),
    ...catalogue.recordings.map(({ name }) => `recording group ${name}`),
  ];
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((subject) => ({
      check: 'unique-names',
      subject,
      message: 'is defined more than once; rename or remove one',
    }));
};
