import type { PortName } from '../ports';
import type { Site } from '../site';
import type { Command } from '../supervisor/command';

/** One program of the local mode: how it is set up, started, known to work, and stopped. */
export interface Component<Name extends string = string> {
  readonly name: Name;
  /** What people call it. */
  readonly title: string;
  readonly ports: readonly PortName[];
  /** Components that must be ready before this one starts, and that stop after it. @default - none */
  readonly after?: readonly string[];
  /** Writes what the program reads; runs before every start. @default - nothing */
  readonly prepare?: (site: Site) => void | Promise<void>;
  readonly command: (site: Site) => Command;
  readonly ready: (site: Site) => Promise<boolean>;
  /** Brings it into the state that others expect; runs once, when it is first ready. @default - nothing */
  readonly furnish?: (site: Site) => Promise<void>;
  /** @default ['SIGTERM'] */
  readonly stopSignals?: readonly NodeJS.Signals[];
  /** @default 'SIGKILL' */
  readonly crashSignal?: NodeJS.Signals;
  /** Where somebody would look at it. @default - nowhere; only its log */
  readonly look?: (site: Site) => string;
}

/** Keeps the literal name, from which the type of every component name is derived. */
export function component<const Name extends string>(props: Component<Name>): Component<Name> {
  return props;
}
