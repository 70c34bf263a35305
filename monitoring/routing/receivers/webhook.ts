import type { Channel, SecretReference } from '../../model/receiver';

export interface WebhookChannel extends Channel {
  readonly kind: 'webhook';
  readonly url: string;
  readonly token?: SecretReference;
}

/** A POST of the alert group as JSON, Alertmanager's webhook format version 4. */
export function webhook(props: { readonly url: string; readonly token?: SecretReference }): WebhookChannel {
  return {
    kind: 'webhook',
    configKey: 'webhook_configs',
    ...props,
    toAlertmanager: () => ({
      url: props.url,
      send_resolved: true,
      ...(props.token && {
        http_config: { authorization: { type: 'Bearer', credentials_file: props.token.file } },
      }),
    }),
  };
}
