import type { Channel } from '../../model/receiver';
import { headline, mailBody } from '../message';

/** Mail in plain text; an empty `html` keeps Alertmanager from adding its own English page beside it. */
export function email(props: { readonly to: string }): Channel & { readonly to: string } {
  return {
    kind: 'email',
    configKey: 'email_configs',
    to: props.to,
    toAlertmanager: (context) => ({
      to: props.to,
      send_resolved: true,
      headers: { Subject: headline(context) },
      text: mailBody(context),
      html: '',
    }),
  };
}
