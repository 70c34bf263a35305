import type { Catalogue } from '../catalogue';
import { formatMatcher, type Route } from '../model/route';

/** `alertmanager.yml` */
export interface AlertmanagerConfig {
  readonly global: Readonly<Record<string, unknown>>;
  readonly route: RenderedRoute;
  readonly inhibit_rules: readonly RenderedInhibition[];
  readonly receivers: readonly { readonly name: string; readonly [configs: string]: unknown }[];
}

export interface RenderedRoute {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly continue?: boolean;
  readonly routes?: readonly RenderedRoute[];
}

export interface RenderedInhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

export function alertmanagerConfig(catalogue: Catalogue): AlertmanagerConfig {
  const { mail } = catalogue.environment.notifications;
  return {
    global: {
      smtp_smarthost: mail.smarthost,
      smtp_from: mail.from,
      ...(mail.authentication && {
        smtp_auth_username: mail.authentication.username,
        smtp_auth_password_file: mail.authentication.password.file,
      }),
      smtp_require_tls: mail.requireTls ?? true,
    },
    route: renderedRoute(catalogue.route),
    inhibit_rules: catalogue.inhibitions.map(({ causes, consequences, equal, present = [] }) => ({
      source_matchers: [
        alertnames(causes),
        ...present.map((label) => formatMatcher({ label, op: '=~', value: '.+' })),
      ],
      target_matchers: [alertnames(consequences)],
      equal,
    })),
    receivers: catalogue.receivers.map(({ name, channels }) => ({
      name,
      ...Object.fromEntries(
        [...Map.groupBy(channels, (channel) => channel.configKey)].map(([key, same]) => [
          key,
          same.map((channel) => channel.toAlertmanager(catalogue.notificationContext)),
        ]),
      ),
    })),
  };
}

function renderedRoute(route: Route): RenderedRoute {
  return {
    receiver: route.receiver,
    ...(route.matchers && { matchers: route.matchers.map(formatMatcher) }),
    ...(route.groupBy && { group_by: route.groupBy }),
    ...(route.groupWait && { group_wait: route.groupWait }),
    ...(route.groupInterval && { group_interval: route.groupInterval }),
    ...(route.repeatInterval && { repeat_interval: route.repeatInterval }),
    ...(route.continue && { continue: true }),
    ...(route.routes && { routes: route.routes.map(renderedRoute) }),
  };
}

function alertnames(names: readonly string[]): string {
  return names.length === 1
    ? formatMatcher({ label: 'alertname', op: '=', value: names[0] ?? '' })
    : formatMatcher({ label: 'alertname', op: '=~', value: names.join('|') });
}
