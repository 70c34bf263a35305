/**
 * Requests of people, not of probes and scrapes: those would thin out an error ratio, and lift a quiet night
 * over the floor below which nobody is paged.
 */
export const ofUsers = { path: { not: /\/(metrics|healthz|readyz)/ } } as const;
