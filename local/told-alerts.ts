import type { AlertmanagerConfig } from '../monitoring/render/alertmanager';

/**
 * Which alerts a notification is about, beside what people read of them: texts carry values, which change from one
 * notification to the next, and two alerts may have the same. Catchers show it, real addressees never get it.
 */

/** The header of a mail that says so. */
export const toldHeader = 'X-Alerts';

const template = '{{ range .Alerts }}{{ .Status }}/{{ .Fingerprint }}/{{ .StartsAt.UnixNano }} {{ end }}';

/** One alert in a notification. */
export interface ToldAlert {
  readonly state: 'firing' | 'resolved';
  /** The same for as long as its labels are. */
  readonly fingerprint: string;
  /** Since when it fires, or fired, in nanoseconds of the epoch; as text, since numbers do not hold as many digits. */
  readonly startsAt: string;
}

type Config = Readonly<Record<string, unknown>>;

/** Lets every mail and every message in Slack carry which alerts it is about. */
export function tellingAlerts(config: AlertmanagerConfig): AlertmanagerConfig {
  return {
    ...config,
    receivers: config.receivers.map((receiver) => ({
      ...receiver,
      ...changed(receiver, 'email_configs', (email) => ({
        ...email,
        headers: { ...(email['headers'] as Config | undefined), [toldHeader]: template },
      })),
      ...changed(receiver, 'slack_configs', (slack) => ({ ...slack, callback_id: template })),
    })),
  };
}

function changed(receiver: Config, key: string, change: (config: Config) => Config): Config {
  const configs = receiver[key] as readonly Config[] | undefined;
  return configs ? { [key]: configs.map(change) } : {};
}

/** Reads what the template wrote. */
export function toldAlerts(text: string): readonly ToldAlert[] {
  return [...text.matchAll(/(firing|resolved)\/([0-9a-f]+)\/(\d+)/g)].map(
    ([, state, fingerprint = '', startsAt = '']) => ({
      state: state as ToldAlert['state'],
      fingerprint,
      startsAt,
    }),
  );
}
