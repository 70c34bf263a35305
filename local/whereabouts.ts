import type { Whereabouts } from './relocate';
import type { Site } from './site';
import { standaloneEnvironment } from './documents';
import { heartbeatPath } from './stand-ins/heartbeat-path';
import { slackPath } from './stand-ins/slack-path';

/** Where everything that dist/standalone names is in the local mode. */
export function whereabouts(site: Site, grafana: boolean): Whereabouts {
  const { targets, alertmanagers, notifications, urls } = standaloneEnvironment;
  const at = (...ports: readonly (keyof Site['ports'])[]): readonly string[] =>
    ports.map((port) => `127.0.0.1:${site.ports[port]}`);
  const places: Readonly<Record<keyof typeof targets, readonly string[]>> = {
    'chatroom-server': at('chat-1', 'chat-2'),
    'node-exporter': at('node-exporter'),
    'kubernetes-apiservers': [],
    'kube-state-metrics': [],
    kubelet: [],
    cadvisor: [],
    'postgres-exporter': at('postgres-exporter'),
    'redis-exporter': at('redis-exporter'),
    'nginx-exporter': at('nginx-exporter'),
    'nginx-log-exporter': at('nginx-log-exporter'),
    'chatroom-webhook': at('webhook'),
    prometheus: at('prometheus'),
    alertmanager: at('alertmanager'),
  };
  const { slack, chatroomWebhook: webhook, deadMansSwitch, mail } = notifications;
  return {
    addresses: new Map([
      ...Object.entries(targets).flatMap(([job, listed]) =>
        (listed || []).map((target): [string, readonly string[]] => [
          target,
          places[job as keyof typeof targets],
        ]),
      ),
      ...alertmanagers.map((address): [string, readonly string[]] => [address, at('alertmanager')]),
    ]),
    files: new Map([
      [slack.url.file, site.secrets.write('slack-url', site.url('slack', slackPath))],
      ...(typeof deadMansSwitch.url === 'object'
        ? [
            [
              deadMansSwitch.url.file,
              site.secrets.write('dead-mans-switch-url', site.url('dead-mans-switch', heartbeatPath)),
            ] as const,
          ]
        : []),
      ...(webhook.token ? [[webhook.token.file, site.secrets.file('webhook-token')] as const] : []),
      ...(mail.authentication
        ? [[mail.authentication.password.file, site.secrets.file('smtp-password')] as const]
        : []),
    ]),
    urls: new Map([
      [webhook.url, site.url('webhook', '/alerts')],
      ...(typeof deadMansSwitch.url === 'string'
        ? [[deadMansSwitch.url, site.url('dead-mans-switch', heartbeatPath)] as const]
        : []),
    ]),
    links: new Map([
      [`${urls.runbooks}/`, site.url('slack', '/runbooks/')],
      // Without Grafana the nearest thing to a board is what Prometheus says about its alerts.
      [`${urls.grafana}/`, grafana ? site.url('grafana', '/') : site.url('prometheus', '/alerts#')],
    ]),
    smarthost: `127.0.0.1:${site.ports.smtp}`,
  };
}
