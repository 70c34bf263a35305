/**
 * The units that panels may use, by what they measure, in Grafana's names. The list is closed so that whoever draws
 * a board elsewhere knows every unit it can meet.
 */
export const units = {
  count: 'short',
  ratio: 'percentunit',
  seconds: 's',
  bytes: 'bytes',
  bytesPerSecond: 'Bps',
  requestsPerSecond: 'reqps',
  operationsPerSecond: 'ops',
  perMinute: 'suffix:/min',
  state: 'none',
} as const;

export type Unit = (typeof units)[keyof typeof units];
