import type { AlertmanagerConfigSpec } from '../imports/monitoring.coreos.com';
import type { Channel, NotificationContext, SecretReference } from '../monitoring/model/receiver';

type Receiver = NonNullable<AlertmanagerConfigSpec['receivers']>[number];
type Rendered = Readonly<Record<string, unknown>>;

/** Finds a secret that the channel names by file in the Secret that holds it here. */
type SecretSelector = (reference: SecretReference) => { readonly name: string; readonly key: string };

/**
 * How each kind of channel is written in an AlertmanagerConfig. The texts are those that the channel itself renders;
 * only spelling (camelCase) and secrets (keys of a Secret, not files) differ.
 */
const kinds: Readonly<
  Record<string, (rendered: Rendered, channel: Channel, secret: SecretSelector) => Partial<Receiver>>
> = {
  email: ({ headers, ...rendered }) => ({
    emailConfigs: [
      {
        ...camelCase(rendered),
        headers: Object.entries(headers as Record<string, string>).map(([key, value]) => ({ key, value })),
      },
    ],
  }),
  slack: ({ api_url_file: _, ...rendered }, channel, secret) => ({
    slackConfigs: [
      { ...camelCase(rendered), apiURL: secret((channel as Channel & { url: SecretReference }).url) },
    ],
  }),
  webhook: ({ http_config: _, url_file: __, ...rendered }, channel, secret) => {
    const { url, token } = channel as Channel & {
      readonly url: string | SecretReference;
      readonly token?: SecretReference;
    };
    return {
      webhookConfigs: [
        {
          ...camelCase(rendered),
          ...(typeof url !== 'string' && { urlSecret: secret(url) }),
          ...(token && { httpConfig: { authorization: { type: 'Bearer', credentials: secret(token) } } }),
        },
      ],
    };
  },
};

/** @throws {Error} when a kind of channel has no way to be written for Kubernetes yet */
export function receiverFields(
  channels: readonly Channel[],
  context: NotificationContext,
  secret: SecretSelector,
): Omit<Receiver, 'name'> {
  const fields: Record<string, unknown[]> = {};
  for (const channel of channels) {
    const write = kinds[channel.kind];
    if (!write) {
      throw new Error(
        `channel kind "${channel.kind}" is not known in Kubernetes: add it to constructs/notification-channels.ts (known: ${Object.keys(kinds).join(', ')})`,
      );
    }
    for (const [field, configs] of Object.entries(write(channel.toAlertmanager(context), channel, secret))) {
      (fields[field] ??= []).push(...(configs as unknown[]));
    }
  }
  return fields;
}

function camelCase(rendered: Rendered): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rendered).map(([field, value]) => [
      field.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
