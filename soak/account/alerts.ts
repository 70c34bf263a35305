import type { EventOf, SoakEvent } from '../event';
import { episodes, type Episode } from './episodes';

/** What one fault led to. */
export interface FaultAccount {
  readonly fault: string;
  readonly brokenForMs: number;
  readonly expected: readonly string[];
  readonly fired: readonly string[];
  /** Expected, and did not fire. */
  readonly missed: readonly string[];
  /** Fired, and neither expected nor a known consequence. */
  readonly surplus: readonly string[];
}

export interface AlertAccount {
  readonly faults: readonly FaultAccount[];
  readonly expected: number;
  readonly fired: number;
  readonly missed: number;
  readonly surplus: number;
  readonly objections: readonly string[];
}

export function alertAccount(events: readonly SoakEvent[]): AlertAccount {
  const faults = episodes(events).map(faultAccount);
  const before = firedBefore(events);
  const sum = (of: (each: FaultAccount) => readonly string[]): number =>
    faults.reduce((total, each) => total + of(each).length, 0);
  return {
    faults,
    expected: sum(({ expected }) => expected),
    fired: sum(({ fired }) => fired),
    missed: sum(({ missed }) => missed),
    surplus: sum(({ surplus }) => surplus) + before.length,
    objections: [
      ...(faults.length === 0 ? ['nothing was broken'] : []),
      ...before.map((alert) => `${alert} fired before anything was broken`),
      ...faults.flatMap(({ fault, missed, surplus }) => [
        ...missed.map((alert) => `${fault}: ${alert} did not fire`),
        ...surplus.map((alert) => `${fault}: ${alert} fired and should not have`),
      ]),
    ],
  };
}

function faultAccount({ broken, healed, rested }: Episode): FaultAccount {
  const { fault, alerts, muted } = broken;
  const fired = rested?.fired ?? [];
  return {
    fault,
    brokenForMs: (healed?.at ?? broken.at) - broken.at,
    expected: alerts,
    fired,
    missed: alerts.filter((alert) => !fired.includes(alert)),
    surplus: fired.filter((alert) => !alerts.includes(alert) && !muted.includes(alert)),
  };
}

function firedBefore(events: readonly SoakEvent[]): readonly string[] {
  const first = events.findIndex((event) => event.kind === 'broken');
  return events
    .slice(0, first === -1 ? events.length : first)
    .filter((event): event is EventOf<'rested'> => event.kind === 'rested')
    .flatMap(({ fired }) => fired);
}
