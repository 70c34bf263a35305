import type { Channel, SecretReference } from '../../model/receiver';

export interface WebhookChannel extends Channel {
  readonly kind: 'webhook';
  readonly url: string;
  readonly token?: SecretReference;
  /** Whether it is told when an alert is over. @default true */
  readonly resolved?: boolean;
}

/** A POST of the alert group as JSON, Alertmanager's webhook format version 4. */
export function webhook(props: Pick<WebhookChannel, 'url' | 'token' | 'resolved'>): WebhookChannel {
  return {
    kind: 'webhook',
    configKey: 'webhook_configs',
    ...props,
    toAlertmanager: () => ({
      url: props.url,
      send_resolved: props.resolved ?? true,
      ...(props.token && {
        http_config: { authorization: { type: 'Bearer', credentials_file: props.token.file } },
      }),
    }),
  };
}
