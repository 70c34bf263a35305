import type { Channel, SecretReference } from '../../model/receiver';
import { headline, slackText } from '../message';

export interface SlackChannel extends Channel {
  readonly kind: 'slack';
  readonly channel: string;
  readonly url: SecretReference;
}

/** A message in a Slack channel through an incoming webhook, whose address is a secret. */
export function slack(props: { readonly channel: string; readonly url: SecretReference }): SlackChannel {
  return {
    kind: 'slack',
    configKey: 'slack_configs',
    ...props,
    toAlertmanager: (context) => ({
      api_url_file: props.url.file,
      channel: props.channel,
      send_resolved: true,
      color: '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}',
      title: headline(context),
      title_link: '{{ .ExternalURL }}',
      text: slackText(context),
      fallback: headline(context),
    }),
  };
}
