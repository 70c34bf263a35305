import type { SoakEvent } from '../../soak/event';
import type { ProcessUsage } from '../../soak/process-usage';

export const usage = (mebibytes: number, handles: number): ProcessUsage => ({
  residentBytes: mebibytes * 2 ** 20,
  handles,
  cpuSeconds: 1,
});

export const broken = (
  at: number,
  fault: string,
  alert: string,
  to = 'slack #critical-alerts',
): SoakEvent => ({
  at,
  kind: 'broken',
  fault,
  alerts: [alert],
  muted: ['Consequence'],
  due: [{ alert, to }],
});

export const told = (
  at: number,
  state: 'firing' | 'resolved',
  alert: string,
  to = 'slack #critical-alerts',
): SoakEvent => ({
  at,
  kind: 'notice',
  to,
  firing: state === 'firing' ? [alert] : [],
  resolved: state === 'resolved' ? [alert] : [],
  text: `[${state}] ${alert}`,
});

/** Everything went as it should: one fault, one message, one process. Times in milliseconds. */
export const cleanRun: readonly SoakEvent[] = [
  { at: 0, kind: 'usage', process: 'chat-1', pid: 7, moment: 'start', usage: usage(100, 30) },
  { at: 1, kind: 'rested', fired: [] },
  { at: 5, kind: 'sent', id: 'm1' },
  { at: 6, kind: 'acknowledged', id: 'm1' },
  { at: 6, kind: 'delivered', id: 'm1', witness: 'left' },
  { at: 7, kind: 'delivered', id: 'm1', witness: 'right' },
  broken(10, 'redis', 'RedisDown'),
  told(20, 'firing', 'RedisDown'),
  { at: 30, kind: 'healed', fault: 'redis' },
  told(40, 'resolved', 'RedisDown'),
  { at: 50, kind: 'rested', fired: ['RedisDown', 'Consequence'] },
  { at: 60, kind: 'stored', ids: ['m1'] },
  { at: 60, kind: 'usage', process: 'chat-1', pid: 7, moment: 'end', usage: usage(130, 31) },
];
