import type { Catalogue } from '../catalogue';

/** Something about the model that Prometheus and Alertmanager would accept and that is wrong all the same. */
export interface Problem {
  /** The check that found it: the name of its file. */
  readonly check: string;
  /** What it is about: `alert RedisDown`, `panel "Errors" of chatroom-overview`. */
  readonly subject: string;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** What a check must know besides the catalogue. */
export interface Context {
  /** Text of every runbook page by the name of its file without `.md`. */
  readonly runbooks: ReadonlyMap<string, string>;
  /** Every alert that is defined, also those that this environment leaves out. */
  readonly definedAlerts: readonly string[];
}

/** One thing to look for. A check returns what it found and never prints or throws. */
export type Check = (catalogue: Catalogue, context: Context) => readonly Problem[];
