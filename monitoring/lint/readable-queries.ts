import { parseQuery } from '../model/query';
import { expressionsOf } from './expressions';
import type { Check } from './problem';

/** Every query can be read; the other checks skip those that cannot, and rely on this one to say so. */
export const readableQueries: Check = (catalogue) =>
  expressionsOf(catalogue).flatMap(({ subject, text }) => {
    try {
      parseQuery(text);
      return [];
    } catch (error) {
      return [{ check: 'readable-queries', subject, message: (error as Error).message }];
    }
  });
