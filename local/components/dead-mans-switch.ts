import { compressedDuration, durationInMilliseconds, type Compression } from '../compress';
import { standaloneEnvironment } from '../documents';
import type { LetterProps } from '../stand-ins/dead-mans-switch/letter';
import { answers } from '../supervisor/probes';
import { component, type Component } from './component';
import { ourOwn } from './our-own';

/** Five heartbeats, as docs/runbooks/Watchdog.md recommends. */
const allowed = '5m';
/** What no compression shortens: Prometheus and Alertmanager being started anew on a busy machine. */
const shortestAllowedMilliseconds = 10_000;

/** How long the switch waits before it raises the alarm. */
export function allowedSilence(compression: Compression): number {
  return durationInMilliseconds(compressedDuration(allowed, compression, shortestAllowedMilliseconds));
}

/** A sender of its own: outside, it is none of the machines it watches. */
export const switchSender = 'heartbeat@dead-mans-switch.example.com';
/** Whoever is on call. */
export const switchAddressee = standaloneEnvironment.notifications.mail.to.critical;

export function deadMansSwitchComponent(compression: Compression): Component<'dead-mans-switch'> {
  const { locale, timeZone, notifications } = standaloneEnvironment;
  return component({
    name: 'dead-mans-switch',
    title: 'dead man’s switch',
    ports: ['dead-mans-switch'],
    after: ['mail'],
    command: (site) =>
      ourOwn('local/stand-ins/dead-mans-switch/main.ts', {
        PORT: String(site.ports['dead-mans-switch']),
        SWITCH_SMTP_PORT: String(site.ports.smtp),
        SWITCH_SMTP_USER: notifications.mail.authentication?.username ?? '',
        SWITCH_SMTP_PASSWORD: site.secrets.read('smtp-password'),
        SWITCH_MAIL_FROM: switchSender,
        SWITCH_MAIL_TO: switchAddressee,
        SWITCH_LETTERS: JSON.stringify({
          locale,
          timeZone,
          allowedMs: allowedSilence(compression),
          runbook: site.url('slack', '/runbooks/Watchdog.md'),
        } satisfies LetterProps),
      }),
    ready: (site) => answers(site.url('dead-mans-switch')),
    look: (site) => site.url('dead-mans-switch'),
  });
}
