import type { AlertName } from '../../monitoring/rules';
import type { Stack } from '../stack';

/** Mends what a fault broke. Resolves when the cause is gone; alerts follow in their own time. */
export type Heal = () => Promise<void>;

/** One way to break the running chat room, and what its monitoring has to say about it. */
export interface Fault<Name extends string = string> {
  /** What it is called on the command line. */
  readonly name: Name;
  /** What it does, completing "This …". */
  readonly does: string;
  /** Alerts that must fire and reach people. */
  readonly alerts: readonly AlertName[];
  /** Alerts that may fire as a consequence and must reach nobody, because a cause mutes them. @default - none */
  readonly muted?: readonly AlertName[];
  /** Whether it can only be noticed while people use the chat room. @default false */
  readonly needsLoad?: boolean;
  /** Whether it can only be noticed while nobody says a word. @default false */
  readonly needsSilence?: boolean;
  /** Whether it mounts a disk of its own, which only root can do, and not in every container. @default false */
  readonly mounts?: boolean;
  /** A way to people that it cuts off: what is due by it arrives once it is healed. @default - none */
  readonly cutsOff?: 'email' | 'slack';
  /**
   * Whether it cuts off every way to people but that of the dead man's switch: what is due arrives once it is healed.
   *
   * @default false
   */
  readonly silences?: boolean;
  readonly inject: (stack: Stack) => Promise<Heal>;
}

/** Keeps the literal name, from which the choices of the command line are derived. */
export function fault<const Name extends string>(props: Fault<Name>): Fault<Name> {
  return props;
}
