import type { ToldAlert } from '../../local/told-alerts';
import type { SoakEvent } from '../../soak/event';
import type { ProcessUsage } from '../../soak/process-usage';

export const usage = (mebibytes: number, handles: number): ProcessUsage => ({
  residentBytes: mebibytes * 2 ** 20,
  handles,
  cpuSeconds: 1,
});

/** What a look at a process finds; memory and live heap in MiB. */
export const occupying = (mebibytes: number, handles: number, live: number) => ({
  usage: usage(mebibytes, handles),
  liveHeapBytes: live * 2 ** 20,
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
): SoakEvent => saying(at, [{ state, fingerprint: alert, startsAt: '1' }], to);

/** A notice about several alerts, whose fingerprints are their names. No two have the same text, as in life. */
export const saying = (
  at: number,
  alerts: readonly ToldAlert[],
  to = 'slack #critical-alerts',
): SoakEvent => {
  const names = (wanted: ToldAlert['state']): readonly string[] =>
    alerts.filter(({ state }) => state === wanted).map(({ fingerprint }) => fingerprint);
  return {
    at,
    kind: 'notice',
    to,
    firing: names('firing'),
    resolved: names('resolved'),
    alerts,
    text: `${alerts.map(({ state, fingerprint }) => `[${state}] ${fingerprint}`).join()}\nits value is ${at}`,
  };
};

/** Everything went as it should: one fault, one message, one process. Times in milliseconds. */
export const cleanRun: readonly SoakEvent[] = [
  { at: 0, kind: 'usage', process: 'chat-1', pid: 7, moment: 'start', ...occupying(100, 30, 20) },
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
  { at: 60, kind: 'usage', process: 'chat-1', pid: 7, moment: 'end', ...occupying(130, 31, 22) },
];
