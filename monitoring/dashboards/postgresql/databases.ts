/** Databases that somebody works in, neither the templates nor the nameless row that counts shared tables. */
export const ofUse = { datname: { not: /template.*|/ } } as const;
