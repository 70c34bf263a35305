import { services } from '../model/service';
import { severities } from '../model/rule';
import type { Check } from './problem';

/** Routes decide by these two labels; a retuned label that no route knows would send an alert astray. */
export const severityAndService: Check = (catalogue) =>
  catalogue.alerts
    .flatMap((group) => group.alerts)
    .flatMap(({ name, labels }) =>
      [
        { label: 'severity', known: severities as readonly string[] },
        { label: 'service', known: Object.keys(services) },
      ].flatMap(({ label, known }) => {
        const value = labels[label];
        return value !== undefined && known.includes(value)
          ? []
          : [
              {
                check: 'severity-and-service',
                subject: `alert ${name}`,
                message: `${label} is ${value === undefined ? 'missing' : `"${value}"`}; choose one of ${known.join(', ')}`,
              },
            ];
      }),
    );
