import type { Check } from './manifest';
import { nameOf } from './manifest';

/** Of two objects with one name the second replaces the first. */
export const namesAreUnique: Check = (objects) => {
  const seen = new Set<string>();
  return objects.flatMap((object) => {
    const name = `${object.apiVersion} ${nameOf(object)}`;
    if (seen.has(name)) return [{ object, message: 'is written twice' }];
    seen.add(name);
    return [];
  });
};
