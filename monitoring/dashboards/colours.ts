/** Colours with a meaning; series without one take theirs from Grafana's palette. */
export const colours = {
  good: 'green',
  notable: 'blue',
  worrying: 'orange',
  bad: 'red',
} as const;

export type Colour = (typeof colours)[keyof typeof colours];
