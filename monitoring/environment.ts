import type { Duration } from './model/duration';
import type { SecretReference } from './model/receiver';
import type { Locale, Text } from './model/text';
import type { JobName } from './jobs';
import type { AlertRetunings } from './rules';

/** Who carries mail. */
export interface MailServer {
  /** `host:port` of the SMTP server. */
  readonly smarthost: string;
  readonly from: string;
  /** @default - no authentication */
  readonly authentication?: { readonly username: string; readonly password: SecretReference };
  /** Whether the server must offer STARTTLS. @default true */
  readonly requireTls?: boolean;
}

/** Everything that differs from one installation to the next, and nothing else. */
export interface Environment {
  readonly name: string;
  /** Labels on everything that leaves this Prometheus, so that two installations never look like one. */
  readonly externalLabels: { readonly cluster: string; readonly environment: string };
  /** The language of alerts and boards. */
  readonly locale: Locale;
  /** The zone in which notifications give times, as a fixed offset from UTC. */
  readonly timeZone: { readonly offsetMinutes: number; readonly name: Text };
  readonly scrapeInterval: Duration;
  readonly evaluationInterval: Duration;
  /** Addresses under which people reach the tools; links in notifications start with them. */
  readonly urls: {
    readonly prometheus: string;
    readonly alertmanager: string;
    readonly grafana: string;
    /** Folder of the runbook pages; `<Alert>.md` is appended. */
    readonly runbooks: string;
  };
  /** Where the targets of each job are, as `host:port`; `false` leaves a job out, with all its alerts. */
  readonly targets: { readonly [J in JobName]: readonly string[] | false };
  /**
   * The namespaces that are its own, where it is in a cluster: of what a whole node tells, nothing else is kept.
   * @default - everything is kept
   */
  readonly namespaces?: readonly string[];
  /** Where Prometheus finds Alertmanager, as `host:port`. */
  readonly alertmanagers: readonly string[];
  readonly notifications: {
    readonly mail: MailServer & {
      readonly to: {
        readonly operations: string;
        readonly critical: string;
        readonly chatroomTeam: string;
        readonly databaseTeam: string;
      };
    };
    readonly slack: { readonly channel: string; readonly url: SecretReference };
    readonly chatroomWebhook: { readonly url: string; readonly token?: SecretReference };
    /**
     * A service outside of this installation that expects a POST every minute or so, and calls whoever is on duty
     * when it does not come. Where its address is all that it takes to report, the address is a secret; to read it
     * from a file Alertmanager must be 0.26 or newer, and Kubernetes hands it over at any release.
     */
    readonly deadMansSwitch: { readonly url: string | SecretReference; readonly token?: SecretReference };
  };
  /** Alerts that this environment retunes or leaves out. @default - all as they are defined */
  readonly alerts?: AlertRetunings;
}
