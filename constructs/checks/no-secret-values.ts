import type { Check } from './manifest';

/** Secrets are made elsewhere: one that is written here is one that everybody has. */
export const noSecretValues: Check = (objects) =>
  objects
    .filter(({ kind }) => kind === 'Secret')
    .map((object) => ({ object, message: 'is a Secret; refer to it by name and let it be made elsewhere' }));
