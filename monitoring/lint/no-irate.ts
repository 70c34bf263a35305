import { partsOf } from '../model/query';
import { readExpressionsOf } from './expressions';
import type { Check } from './problem';

/**
 * `irate` and `idelta` look at the last two samples: one quiet scrape during an outage, and an alert starts to wait
 * anew. A board that uses them shows another number each time it is looked at.
 */
export const noIrate: Check = (catalogue) =>
  readExpressionsOf(catalogue).flatMap(({ subject, query }) =>
    [...partsOf(query)].flatMap((part) =>
      part.kind === 'call' && ['irate', 'idelta'].includes(part.function)
        ? [
            {
              check: 'no-irate',
              subject,
              message: `${part.function} sees only the last two samples; use ${part.function.slice(1)}`,
            },
          ]
        : [],
    ),
  );
