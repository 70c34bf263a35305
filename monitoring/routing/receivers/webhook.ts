import type { Channel, SecretReference } from '../../model/receiver';

export interface WebhookChannel extends Channel {
  readonly kind: 'webhook';
  /** The address, or where it is kept: whoever knows some addresses may post to them. */
  readonly url: string | SecretReference;
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
      ...(typeof props.url === 'string' ? { url: props.url } : { url_file: props.url.file }),
      send_resolved: props.resolved ?? true,
      ...(props.token && {
        http_config: { authorization: { type: 'Bearer', credentials_file: props.token.file } },
      }),
    }),
  };
}
