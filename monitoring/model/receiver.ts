import type { Locale, Text } from './text';

/** Where a secret is kept: never its value. Read from a file by Alertmanager, from a Secret in a cluster. */
export interface SecretReference {
  /** Path of the file on a machine without a cluster. */
  readonly file: string;
  /** Key inside the Kubernetes Secret that holds it. */
  readonly key: string;
}

/** What the texts of a notification need to know about their environment. */
export interface NotificationContext {
  readonly locale: Locale;
  /** Minutes east of UTC in which times are given, and what that zone is called. */
  readonly timeZone: { readonly offsetMinutes: number; readonly name: Text };
}

/** One way to reach people. Each kind renders itself into Alertmanager's terms. */
export interface Channel {
  readonly kind: string;
  /** The key under which Alertmanager lists it: `email_configs`. */
  readonly configKey: string;
  /** The plain object that Alertmanager reads, secrets by file. */
  toAlertmanager(context: NotificationContext): Readonly<Record<string, unknown>>;
}

/** Somebody to be told, by one or several channels. */
export interface Receiver<Name extends string = string> {
  readonly name: Name;
  readonly channels: readonly Channel[];
}
